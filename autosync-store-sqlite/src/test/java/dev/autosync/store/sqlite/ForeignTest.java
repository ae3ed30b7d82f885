package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.assertRefusedAndUntouched;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies there and is not ours stays as it is. */
class ForeignTest {
    @TempDir
    Path directory;

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndStays() throws Exception {
        for (String content : new String[] {"x", "a letter to my aunt" + " and uncle".repeat(900), "\0".repeat(8192), "SQLite format 4" + "x".repeat(9000)}) {
            Files.writeString(database(directory), content);
            assertRefusedAndUntouched(ErrorCode.STORE_FOREIGN, directory).withMessageContaining("store.db")
                    .withMessageContaining("it is no ").withMessageContaining("Move it away");
        }
        assertThat(directory).isDirectoryContaining(f -> f.endsWith("store.db"));
    }

    @Test
    void aDatabaseOfAnotherApplicationIsRefusedAndStays() throws Exception {
        sql(database(directory), "CREATE TABLE events(seq INTEGER PRIMARY KEY)", "INSERT INTO events VALUES(7)");
        assertRefusedAndUntouched(ErrorCode.STORE_FOREIGN, directory).withMessageContaining("no database of AutoSync, its application_id is 0");
        sql(database(directory), "PRAGMA application_id = 1234", "PRAGMA user_version = 1");
        assertRefusedAndUntouched(ErrorCode.STORE_FOREIGN, directory).withMessageContaining("application_id is 1234");
    }

    @Test
    void aDatabaseOfAnotherApplicationInWriteAheadModeStaysWithItsLog() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (java.sql.Connection open = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database(elsewhere));
                java.sql.Statement statement = open.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE notes(t TEXT)");
            // As a crash leaves it: what is committed is in the log alone.
            for (String name : new String[] {"store.db", "store.db-wal"}) {
                Files.copy(elsewhere.resolve(name), directory.resolve(name));
            }
        }
        byte[] log = Files.readAllBytes(directory.resolve("store.db-wal"));
        assertThat(log).isNotEmpty();
        assertRefusedAndUntouched(ErrorCode.STORE_FOREIGN, directory);
        assertThat(Files.readAllBytes(directory.resolve("store.db-wal"))).isEqualTo(log);
    }

    @Test
    void aLinkAndAFolderInPlaceOfTheDatabaseAreRefused() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        fill(elsewhere, 3);
        Path links = Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(database(links), database(elsewhere));
        assertRefused(ErrorCode.STORE_FOREIGN, () -> open(links)).withMessageContaining("no regular file");
        Path folders = directory.resolve("folders");
        Files.createDirectories(database(folders));
        assertRefused(ErrorCode.STORE_FOREIGN, () -> open(folders)).withMessageContaining("no regular file");
    }

    @Test
    void aDatabaseOfALaterVersionIsRefusedAndStays() throws Exception {
        fill(directory, 3);
        sql(database(directory), "PRAGMA user_version = 5");
        assertRefusedAndUntouched(ErrorCode.STORE_VERSION, directory).withMessageContaining("version 5")
                .withMessageContaining("up to 4").withMessageContaining("Use the version that wrote it");
    }

    @Test
    void aStoreThatWasOpenWhenALaterVersionCameWritesNothingMore() throws Exception {
        fill(directory, 3);
        try (Store store = open(directory)) {
            sql(database(directory), "PRAGMA user_version = 5");
            assertRefused(ErrorCode.STORE_VERSION, () -> store.append(StoreFixture.TOKEN, StoreFixture.events(3, 1)));
            assertRefused(ErrorCode.STORE_VERSION, () -> store.read(EventQuery.all()));
        }
        sql(database(directory), "PRAGMA user_version = 4");
        try (Store store = open(directory)) {
            assertThat(store.read(EventQuery.all())).hasSize(3);
        }
    }

    @Test
    void aTriggerThatSomebodyPutOnTheTablesIsRefused() throws Exception {
        fill(directory, 3);
        sql(database(directory), "CREATE TRIGGER t AFTER INSERT ON events BEGIN UPDATE events SET payload = 'x'; END");
        assertRefused(ErrorCode.STORE_DAMAGED, () -> open(directory)).withMessageContaining("a trigger");
        sql(database(directory), "DROP TRIGGER t", "CREATE TRIGGER t AFTER INSERT ON grants BEGIN DELETE FROM grants; END");
        assertRefused(ErrorCode.STORE_DAMAGED, () -> open(directory)).withMessageContaining("a trigger");
    }

    @Test
    void tablesAndColumnsOfOthersOrOfALaterFormDoNoHarm() throws Exception {
        fill(directory, 3);
        sql(database(directory), "CREATE TABLE _litestream_seq(id INTEGER PRIMARY KEY, seq INTEGER)", "CREATE VIEW v AS SELECT kind FROM events",
                "ALTER TABLE events ADD COLUMN note TEXT", "ALTER TABLE days ADD COLUMN mean REAL", "CREATE INDEX mine ON events(note)");
        try (Store store = open(directory)) {
            assertThat(store.append(StoreFixture.TOKEN, StoreFixture.events(3, 1))).isEqualTo(4);
            assertThat(store.rollup(RollupQuery.of("kind-0"))).extracting(Rollup::count).containsExactly(2L);
        }
        sql(database(directory), "DROP INDEX mine", "ALTER TABLE events RENAME COLUMN note TO remark", "ALTER TABLE events RENAME COLUMN payload TO load");
        assertRefused(ErrorCode.STORE_DAMAGED, () -> open(directory)).withMessageContaining("table or index events");
    }
}
