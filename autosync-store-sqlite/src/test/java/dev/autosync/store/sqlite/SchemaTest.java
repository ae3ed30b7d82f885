package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.assertRefusedAndUntouched;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    @TempDir
    Path directory;

    @Test
    void aDatabaseOfAnEarlierVersionIsBroughtUpToDateWithItsEvents() throws Exception {
        List<StoredEvent> all = fill(directory, 20);
        try (Store store = open(directory, next("CREATE INDEX events_of_token ON events(token)", "CREATE TABLE lessons(day INTEGER PRIMARY KEY)"))) {
            assertThat(store.read(EventQuery.all())).isEqualTo(all);
            assertThat(store.append(TOKEN, events(20, 1))).isEqualTo(21);
        }
        assertRefusedAndUntouched(ErrorCode.STORE_VERSION, directory).withMessageContaining("version 5");
    }

    @Test
    void aDatabaseOfVersionOneGetsItsGrantsWhenItIsOpened() throws Exception {
        DatabaseFile file = DatabaseFile.in(directory);
        Creation.create(file, new Schema(Schema.CURRENT.steps().subList(0, 1)));
        try (Database database = Database.openToWrite(file.path())) {
            database.alone(() -> {
                new EventTable(database, file).add(0, TOKEN, events(0, 20));
                return null;
            });
            assertThat(database.number("PRAGMA user_version")).isEqualTo(1);
            assertThat(database.texts("SELECT name, sql FROM sqlite_schema")).containsKey("events").doesNotContainKey("grants");
        }
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).extracting(StoredEvent::event).isEqualTo(events(0, 20));
            assertThat(store.lastToken()).contains(TOKEN);
            FencingToken granted = store.grant(TOKEN);
            assertThat(granted).isGreaterThan(TOKEN);
            assertRefused(ErrorCode.STORE_STALE_TOKEN, () -> store.append(TOKEN, events(20, 1)));
            assertThat(store.append(granted, events(20, 1))).isEqualTo(21);
        }
    }

    /** What has been released lies on somebody's disk: to change a step here would make that damage. */
    @Test
    void theStepsAreAsTheyWereReleased() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (List<String> step : Schema.CURRENT.steps()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.join(";", step).getBytes(UTF_8));
            hashes.add(HexFormat.of().formatHex(hash));
        }
        assertThat(hashes).containsExactly("fdebabe83154319706e052067a68ea1ee8b0778896e06175e5efd7ff9e1c4843",
                "8b6e76805f47f00bc5ad7bf5ea2e2b7bfad196dbb4684c4141c496b8d552e97d", "0f8bb92f1b4edf48e10822decbb1879d3e6f893690818b7905ac68b3017c5cdf",
                "d606e728110055f1651ac03eddeb224c0371bbbe083cf48b46348b5ac7f2bda4");
    }

    @Test
    void aMigrationThatFailsLeavesTheEarlierVersionWhole() throws Exception {
        List<StoredEvent> all = fill(directory, 20);
        assertRefused(ErrorCode.STORE_FAILED, () -> open(directory, next("CREATE INDEX events_of_token ON events(token)", "CREATE INDEX nonsense ON nothing(x)")));
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).isEqualTo(all);
        }
        try (Database database = Database.openToRead(database(directory))) {
            assertThat(database.texts("SELECT name, sql FROM sqlite_schema")).doesNotContainKey("events_of_token");
        }
    }

    @Test
    void theDatabaseIsInWriteAheadModeAndEveryCommitIsForced() throws Exception {
        fill(directory, 1);
        try (Database database = Database.openToWrite(database(directory))) {
            assertThat(database.text("PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(database.number("PRAGMA synchronous")).as("FULL").isEqualTo(2);
            assertThat(database.number("PRAGMA application_id")).isEqualTo(Schema.APPLICATION_ID);
            assertThat(database.text("PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    @Test
    void aBackupByVacuumIntoIsAStore() throws Exception {
        List<StoredEvent> all = fill(directory, 20);
        Path backup = Files.createDirectory(directory.resolve("backup"));
        try (Store store = open(directory)) {
            // While the store is in use, by any SQLite tool.
            sql(database(directory), "VACUUM INTO '" + database(backup) + "'");
            store.append(TOKEN, events(20, 1));
        }
        try (Store store = open(backup)) {
            assertThat(store.read(EventQuery.all())).isEqualTo(all);
            assertThat(store.append(TOKEN, events(20, 2))).isEqualTo(22);
        }
    }

    @Test
    void numbersCanBeAskedForInSql() throws Exception {
        fill(directory, 20);
        try (Database database = Database.openToRead(database(directory))) {
            assertThat(database.number("SELECT sum(numbers ->> 'i') FROM events")).isEqualTo(190);
            assertThat(database.text("SELECT datetime(second, 'unixepoch') FROM events WHERE seq = 3")).isEqualTo("1970-01-01 00:00:02");
        }
    }

    private static Schema next(String... step) {
        List<List<String>> steps = new ArrayList<>(Schema.CURRENT.steps());
        steps.add(List.of(step));
        return new Schema(steps);
    }
}
