package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.MapSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for others who use the database. */
@Timeout(120)
class BusyTest {
    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        other.shutdownNow();
    }

    @Test
    void noConnectionSleepsInSqlite() throws Exception {
        fill(directory, 1);
        try (Database reader = Database.openToRead(database(directory)); Database writer = Database.openToWrite(database(directory))) {
            assertThat(reader.number("PRAGMA busy_timeout")).isZero();
            assertThat(writer.number("PRAGMA busy_timeout")).isZero();
        }
    }

    @Test
    void appendsOnceWhenTheOtherWriterIsDoneAlsoOnAnInterruptedThread() throws Exception {
        List<StoredEvent> before = fill(directory, 5);
        try (Store store = StoreFixture.open(directory); Connection writer = connect(directory); Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CountDownLatch about = new CountDownLatch(1);
            Future<Boolean> append = other.submit(() -> {
                Thread.currentThread().interrupt();
                about.countDown();
                store.append(TOKEN, events(5, 2));
                return Thread.interrupted();
            });
            about.await();
            assertStillWaiting(append);
            statement.execute("ROLLBACK");
            assertThat(append.get()).as("still interrupted").isTrue();
            statement.execute("BEGIN IMMEDIATE");
            try (Store impatient = open(directory, "PT0.05S")) {
                assertRefused(ErrorCode.STORE_FAILED, () -> impatient.grant(TOKEN)).withMessageContaining("Cannot grant a token in")
                        .withMessageContaining("another process was writing");
            }
            statement.execute("ROLLBACK");
            assertThat(store.read(EventQuery.all())).hasSize(before.size() + 2).startsWith(before.toArray(StoredEvent[]::new));
        }
    }

    @Test
    void waitsToOpenADatabaseThatHasToBeBroughtIntoWriteAheadMode() throws Exception {
        fill(directory, 5);
        Path backup = Files.createDirectory(directory.resolve("backup"));
        sql(database(directory), "VACUUM INTO '" + database(backup) + "'");
        try (Connection reader = connect(backup); Statement statement = reader.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("delete");
            statement.execute("BEGIN EXCLUSIVE");
            assertRefused(ErrorCode.STORE_FAILED, () -> open(backup, "PT0.05S")).withMessageContaining("another process was writing");
            Future<Integer> opening = other.submit(() -> {
                try (Store store = StoreFixture.open(backup)) {
                    return store.read(EventQuery.all()).size();
                }
            });
            assertStillWaiting(opening);
            statement.execute("ROLLBACK");
            assertThat(opening.get()).isEqualTo(5);
            // Somebody who only reads is in the way of the change of mode as well.
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM events").close();
            try (Store store = StoreFixture.open(backup)) {
                Future<Long> append = other.submit(() -> store.append(TOKEN, events(5, 1)));
                assertStillWaiting(append);
                statement.execute("COMMIT");
                assertThat(append.get()).isEqualTo(6);
            }
        }
        try (Database opened = Database.openToRead(database(backup))) {
            assertThat(opened.text("PRAGMA journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void waitsForAReaderWhoKeepsACommitOutAndDoesNothingTwice() throws Exception {
        // Without write-ahead mode a commit waits for readers; SQLite then leaves the transaction open.
        Path file = directory.resolve("plain.db");
        sql(file, "CREATE TABLE t(x)");
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = reader.createStatement();
                Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file); Database database = new Database(writer)) {
            database.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM t").close();
            AtomicInteger runs = new AtomicInteger();
            Future<Long> insert = other.submit(() -> BusyRetry.of(Duration.ofSeconds(60)).call(() -> database.alone(() -> {
                runs.incrementAndGet();
                database.execute("INSERT INTO t VALUES(1)");
                return database.number("SELECT count(*) FROM t");
            })));
            while (runs.get() < 3 && !insert.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(insert).isNotDone();
            statement.execute("COMMIT");
            assertThat(insert.get()).isEqualTo(1);
            assertThat(runs.get()).isGreaterThan(2);
            assertThat(database.number("SELECT count(*) FROM t")).isEqualTo(1);
        }
    }

    @Test
    void triesAgainOnEveryKindOfBusyAndOnNothingElse() {
        int busy = 5;
        for (int kind : new int[] {busy, busy | 1 << 8, busy | 2 << 8, busy | 3 << 8}) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> BusyRetry.of(Duration.ofMillis(20)).call(() -> {
                runs.incrementAndGet();
                throw new SQLException("busy", null, kind);
            })).isInstanceOf(SQLException.class).hasMessage("busy");
            assertThat(runs.get()).as("kind %d", kind).isGreaterThan(1);
        }
        int locked = 6;
        int full = 13;
        for (int kind : new int[] {0, 1, locked, locked | 1 << 8, full}) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> BusyRetry.of(Duration.ofMillis(20)).call(() -> {
                runs.incrementAndGet();
                throw new SQLException("no", null, kind);
            })).hasMessage("no");
            assertThat(runs).as("kind %d", kind).hasValue(1);
        }
    }

    private static Store open(Path directory, String busyTimeout) {
        return new SqliteStoreFactory().open(directory, MapSettings.of(Map.of("busyTimeout", busyTimeout)));
    }

    private static Connection connect(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database(directory));
    }

    private static void assertStillWaiting(Future<?> work) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 100_000_000 && !work.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(work).isNotDone();
    }
}
