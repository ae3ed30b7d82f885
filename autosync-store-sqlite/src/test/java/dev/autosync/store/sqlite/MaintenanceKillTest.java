package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed anywhere in a migration, a compaction or a restoration. */
@Timeout(600)
class MaintenanceKillTest {
    private static final int KILLS = Integer.getInteger("autosync.kills", 2);

    @TempDir
    Path temp;

    private final Random random = new Random(4);
    private final List<StoredEvent> all = new ArrayList<>();
    private final List<StoredEvent> kept = new ArrayList<>();
    private List<KindRollup> hours = List.of();
    private Path compacted;

    @BeforeEach
    void compactOne() throws Exception {
        compacted = temp.resolve("compacted");
        try (Store store = open(compacted)) {
            store.append(TOKEN, Maintainer.events());
            all.addAll(store.read(EventQuery.all()));
            StoreMaintenance maintenance = store.maintenance().orElseThrow();
            hours = maintenance.hours();
            maintenance.compact(TOKEN, Maintainer.RETENTION);
            kept.addAll(store.read(EventQuery.all()));
        }
        assertThat(kept).hasSizeLessThan(all.size());
    }

    @Test
    void aMigrationThatIsKilledLeavesTheOldVersionOrTheNew() throws Exception {
        Path old = Files.createDirectory(temp.resolve("old"));
        DatabaseFile file = DatabaseFile.in(old);
        Creation.create(file, new Schema(Schema.CURRENT.steps().subList(0, 2)));
        try (Database database = Database.openToWrite(file.path())) {
            database.alone(() -> {
                new EventTable(database, file).add(0, TOKEN, Maintainer.events());
                return null;
            });
        }
        int unfinished = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path directory = Files.createDirectory(temp.resolve("migrate-" + kill));
            Files.copy(database(old), database(directory));
            unfinished += killed("migrate", directory) ? 1 : 0;
            try (Database database = Database.openToRead(database(directory))) {
                assertThat(database.number("PRAGMA user_version")).isIn(2L, 4L);
            }
            try (Store store = open(directory)) {
                assertThat(store.read(EventQuery.all())).isEqualTo(all);
                assertThat(store.maintenance().orElseThrow().hours()).isEqualTo(hours);
                assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
            }
            try (Database backup = Database.openToRead(directory.resolve("store.db.v2"))) {
                assertThat(backup.number("PRAGMA user_version")).isEqualTo(2);
                assertThat(backup.number("SELECT count(*) FROM events")).isEqualTo(all.size());
            }
        }
        assertThat(unfinished).as("kills before the end").isPositive();
    }

    @Test
    void aCompactionThatIsKilledHasRemovedAllOrNothing() throws Exception {
        int unfinished = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path directory = temp.resolve("compact-" + kill);
            try (Store store = open(directory)) {
                store.append(TOKEN, Maintainer.events());
            }
            unfinished += killed("compact", directory) ? 1 : 0;
            assertIsOneOf(directory, all, kept);
        }
        assertThat(unfinished).as("kills before the end").isPositive();
    }

    @Test
    void aRestorationThatIsKilledLeavesAnEmptyStoreOrTheWholeHistory() throws Exception {
        int unfinished = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path directory = temp.resolve("restore-" + kill);
            unfinished += killed("restore", directory) ? 1 : 0;
            assertIsOneOf(directory, List.of(), kept);
        }
        assertThat(unfinished).as("kills before the end").isPositive();
    }

    private void assertIsOneOf(Path directory, List<StoredEvent> before, List<StoredEvent> after) throws Exception {
        try (Store store = open(directory)) {
            List<StoredEvent> events = store.read(EventQuery.all());
            assertThat(events).isIn(before, after);
            StoreMaintenance maintenance = store.maintenance().orElseThrow();
            assertThat(maintenance.hours()).isEqualTo(events.isEmpty() ? List.of() : hours);
            assertThat(maintenance.compactedUpTo() > 0).isEqualTo(events.equals(after));
            assertThat(maintenance.check().problems()).isEmpty();
        }
    }

    /** Lets a process begin and kills it a random while later; whether it had not ended. */
    private boolean killed(String what, Path directory) throws Exception {
        try (Child child = Child.start(temp.resolve("errors"), List.of(), Maintainer.class, what, directory, compacted)) {
            assertThat(child.line()).as(child.errors()).isEqualTo("begin");
            long start = System.nanoTime();
            long nanos = random.nextInt(60) * 1_000_000L;
            while (System.nanoTime() - start < nanos) {
                Thread.onSpinWait();
            }
            child.kill();
            String end = child.line();
            child.exit();
            assertThat(child.errors()).isEmpty();
            return end == null;
        }
    }
}
