package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.assertRefusedAndUntouched;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoredEvent;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that version 2 of the schema has written: 60 events of the fixture, three of a KPI, one without numbers, a grant of token 9. */
class MigrationTest {
    private static final int EVENTS = 64;

    @TempDir
    Path directory;

    @BeforeEach
    void copy() throws Exception {
        try (InputStream in = MigrationTest.class.getResourceAsStream("/version-2/store.db")) {
            Files.copy(in, database(directory));
        }
    }

    @Test
    void aDatabaseOfVersionTwoKeepsItsEventsAndGetsItsRollups() throws Exception {
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all().limit(60))).extracting(StoredEvent::event).isEqualTo(events(0, 60));
            assertThat(store.lastToken()).contains(new FencingToken(9));
            assertThat(store.rollup(RollupQuery.of("kind-1").number("i"))).singleElement()
                    .satisfies(day -> assertThat(day.sum()).isEqualTo(590).isEqualTo(events(0, 60).stream().filter(e -> e.kind().equals("kind-1"))
                            .mapToDouble(e -> e.numbers().get("i")).sum()));
            assertThat(store.rollup(RollupQuery.of("kpi").number("big").per(Resolution.HOUR))).singleElement()
                    .satisfies(hour -> assertThat(hour.sum()).isEqualTo(Double.POSITIVE_INFINITY));
            assertThat(store.rollup(RollupQuery.of("kpi").number("name \" \\ \u0001"))).extracting(Rollup::min).containsExactly(0.1);
            assertThat(store.rollup(RollupQuery.of("kpi").number(""))).extracting(Rollup::sum).containsExactly(-2.5);
            assertThat(store.rollup(RollupQuery.of("none"))).extracting(Rollup::count).containsExactly(1L);
            assertThat(store.maintenance().orElseThrow().check()).isEqualTo(new StoreCheck(EVENTS, List.of()));
            assertThat(store.append(new FencingToken(9), events(0, 1))).isEqualTo(EVENTS + 1);
        }
    }

    @Test
    void aDatabaseOfVersionThreeKeepsItsRollupsAndFindsEventsByTime() throws Exception {
        Files.delete(database(directory));
        DatabaseFile file = DatabaseFile.in(directory);
        Creation.create(file, new Schema(Schema.CURRENT.steps().subList(0, 3)));
        Instant earlier = Instant.parse("1969-12-31T22:59:59.5Z");
        List<Event> all = new ArrayList<>(events(0, 60));
        all.add(Event.of("cycle", "kind-1", "", earlier, Map.of("i", 1.0), "{}"));
        try (Database database = Database.openToWrite(file.path())) {
            database.alone(() -> {
                new EventTable(database, file).add(0, new FencingToken(1), all);
                RollupSums sums = new RollupSums();
                all.forEach(sums::add);
                new RollupTable(database, file).add(sums);
                return null;
            });
            assertThat(database.texts("SELECT name, sql FROM sqlite_schema")).containsKey("events_of_second").doesNotContainKey("spans");
        }
        try (Store store = open(directory)) {
            all.addAll(events(60, 5));
            assertThat(store.append(new FencingToken(1), events(60, 5))).isEqualTo(66);
            assertThat(store.rollup(RollupQuery.of("kind-1").number("i").per(Resolution.HOUR))).extracting(Rollup::count).containsExactly(1L, 22L);
            assertThat(store.read(EventQuery.all().until(Instant.EPOCH))).extracting(StoredEvent::sequence).containsExactly(61L);
            assertThat(store.read(EventQuery.all().since(Instant.EPOCH).until(Instant.ofEpochSecond(3)))).extracting(StoredEvent::sequence)
                    .containsExactly(1L, 2L, 3L);
            assertThat(store.read(EventQuery.all())).extracting(StoredEvent::event).isEqualTo(all);
            assertThat(store.maintenance().orElseThrow().check()).isEqualTo(new StoreCheck(66, List.of()));
        }
    }

    @Test
    void whatItWasIsKeptBesideItAndIsWhole() throws Exception {
        open(directory).close();
        Path backup = directory.resolve("store.db.v2");
        try (Database database = Database.openToRead(backup)) {
            assertThat(database.number("PRAGMA user_version")).isEqualTo(2);
            assertThat(database.number("PRAGMA application_id")).isEqualTo(Schema.APPLICATION_ID);
            assertThat(database.number("SELECT count(*) FROM events")).isEqualTo(EVENTS);
            assertThat(database.text("PRAGMA integrity_check")).isEqualTo("ok");
        }
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(database(directory), backup);
        }
        // The way back, as the log says it.
        Files.move(backup, database(directory), StandardCopyOption.REPLACE_EXISTING);
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).hasSize(EVENTS);
        }
    }

    @Test
    void aFileThatIsNoCopyIsLeftAloneAndTheCopyLiesBesideIt() throws Exception {
        Path mine = Files.writeString(directory.resolve("store.db.v2"), "mine");
        open(directory).close();
        assertThat(mine).hasContent("mine");
        try (Database backup = Database.openToRead(directory.resolve("store.db.v2.2"))) {
            assertThat(backup.number("SELECT count(*) FROM events")).isEqualTo(EVENTS);
        }
    }

    @Test
    void anAttemptThatFailedLeavesACopyThatTheNextOneKeepsUnlessEventsHaveComeSince() throws Exception {
        for (boolean more : new boolean[] {false, true}) {
            Path folder = Files.createDirectory(directory.resolve("more-" + more));
            Files.copy(database(directory), database(folder));
            Path first = folder.resolve("store.db.v2");
            try (Database database = Database.openToRead(database(folder))) {
                Backup.write(database, first);
            }
            byte[] before = Files.readAllBytes(first);
            if (more) {
                // What an engine of the older version does meanwhile.
                try (Database database = Database.openToWrite(database(folder))) {
                    database.alone(() -> {
                        new EventTable(database, DatabaseFile.in(folder)).add(EVENTS, new FencingToken(9), events(EVENTS, 1));
                        return null;
                    });
                }
            }
            open(folder).close();
            assertThat(first).hasBinaryContent(before);
            try (Database backup = Database.openToRead(folder.resolve(more ? "store.db.v2.2" : "store.db.v2"))) {
                assertThat(backup.number("PRAGMA user_version")).isEqualTo(2);
                assertThat(backup.number("SELECT count(*) FROM events")).isEqualTo(more ? EVENTS + 1 : EVENTS);
            }
            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(more ? 3 : 2);
            }
        }
    }

    @Test
    void aDatabaseWithoutEventsIsNotCopied() throws Exception {
        Files.delete(database(directory));
        Creation.create(DatabaseFile.in(directory), new Schema(Schema.CURRENT.steps().subList(0, 2)));
        open(directory).close();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(database(directory));
        }
    }

    @Test
    void aDamagedEventKeepsTheOldVersionAsItIs() throws Exception {
        sql(database(directory), "UPDATE events SET payload = '{}' WHERE seq = 12");
        assertRefusedAndUntouched(ErrorCode.STORE_DAMAGED, directory).withMessageContaining("event 12 is not what was written");
    }

    @Test
    void aFolderInWhichNoCopyCanBeMadeKeepsTheOldVersion() throws Exception {
        Files.createDirectories(directory.resolve("store.db.v2.new/in the way"));
        assertRefused(ErrorCode.STORE_FAILED, () -> open(directory)).withMessageContaining("back up, to bring it from version 2 to 4");
        try (Database database = Database.openToRead(database(directory))) {
            assertThat(database.number("PRAGMA user_version")).isEqualTo(2);
        }
    }
}
