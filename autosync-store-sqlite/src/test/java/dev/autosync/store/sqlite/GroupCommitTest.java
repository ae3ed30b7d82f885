package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.MapSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GroupCommitTest {
    private static final int THREADS = 8;
    private static final FencingToken CURRENT = new FencingToken(5);
    private static final FencingToken STALE = new FencingToken(4);

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void appendsThatWaitForAnotherWriterAreCommittedTogetherAndEachIsWhole() throws Exception {
        try (Store store = open(directory)) {
            store.append(CURRENT, events(0, 1));
            long before = commits();
            List<Future<Long>> appends = new ArrayList<>();
            whileAnotherProcessWrites(() -> {
                for (int thread = 0; thread < THREADS; thread++) {
                    int size = thread + 1;
                    appends.add(threads.submit(() -> store.append(CURRENT, batch("batch-" + size, size))));
                }
                return null;
            });
            for (int thread = 0; thread < THREADS; thread++) {
                long last = appends.get(thread).get();
                assertThat(store.read(EventQuery.all().cycle("batch-" + (thread + 1)))).extracting(StoredEvent::sequence).as("together")
                        .isEqualTo(LongStream.rangeClosed(last - thread, last).boxed().toList());
            }
            assertThat(commits() - before).as("commits of %d appends", THREADS).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aStaleTokenFailsItsOwnAppendAndNoOther() throws Exception {
        try (Store store = open(directory)) {
            store.append(CURRENT, events(0, 1));
            List<Future<Long>> good = new ArrayList<>();
            List<Future<Long>> stale = new ArrayList<>();
            whileAnotherProcessWrites(() -> {
                for (int thread = 0; thread < THREADS; thread++) {
                    good.add(threads.submit(() -> store.append(CURRENT, batch("good", 2))));
                    stale.add(threads.submit(() -> store.append(STALE, batch("stale", 2))));
                }
                return null;
            });
            for (Future<Long> append : good) {
                assertThat(append.get()).isPositive();
            }
            for (Future<Long> append : stale) {
                assertThat(failure(append).code()).isEqualTo(ErrorCode.STORE_STALE_TOKEN);
            }
            assertThat(store.read(EventQuery.all().cycle("good"))).hasSize(2 * THREADS);
            assertThat(store.read(EventQuery.all().cycle("stale"))).isEmpty();
        }
    }

    @Test
    void anAppendThatCannotBeWrittenFailsAloneAndLeavesNothing() throws Exception {
        try (Store store = open(directory)) {
            store.append(CURRENT, batch("first", 1));
            store.append(CURRENT, List.of(bad()));
            StoreFixture.sql(database(directory), "CREATE UNIQUE INDEX of_somebody_else ON events(kind) WHERE kind = 'bad'");
            List<Future<Long>> good = new ArrayList<>();
            List<Future<Long>> bad = new ArrayList<>();
            whileAnotherProcessWrites(() -> {
                for (int thread = 0; thread < THREADS; thread++) {
                    good.add(threads.submit(() -> store.append(CURRENT, batch("good", 3))));
                    bad.add(threads.submit(() -> store.append(CURRENT, List.of(events(0, 1).get(0), bad()))));
                }
                return null;
            });
            for (Future<Long> append : good) {
                assertThat(append.get()).isPositive();
            }
            for (Future<Long> append : bad) {
                assertThat(failure(append).code()).isEqualTo(ErrorCode.STORE_FAILED);
            }
            assertThat(store.read(EventQuery.all())).hasSize(2 + 3 * THREADS);
            assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
        }
    }

    @Test
    void allAppendsOfAGroupFailWithTheirTransactionEachWithItsOwnException() throws Exception {
        try (Store store = new SqliteStoreFactory().open(directory, MapSettings.of(Map.of("busyTimeout", "PT0.5S")))) {
            store.append(CURRENT, events(0, 1));
            List<StoreException> failures = new ArrayList<>();
            whileAnotherProcessWrites(() -> {
                List<Future<Long>> appends = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    appends.add(threads.submit(() -> store.append(CURRENT, events(0, 1))));
                }
                for (Future<Long> append : appends) {
                    failures.add(failure(append));
                }
                return null;
            });
            assertThat(failures).hasSize(THREADS).doesNotHaveDuplicates()
                    .allSatisfy(failure -> assertThat(failure).hasMessageContaining("another process was writing all the time"));
            assertThat(store.append(CURRENT, events(1, 1))).isEqualTo(2);
        }
    }

    @Test
    void readsGoOnBesideEachOtherAndBesideAWriter() throws Exception {
        try (Store store = open(directory)) {
            store.append(CURRENT, events(0, 20));
            whileAnotherProcessWrites(() -> {
                List<Future<Integer>> reads = new ArrayList<>();
                for (int i = 0; i < 2 * THREADS; i++) {
                    reads.add(threads.submit(() -> store.read(EventQuery.all()).size()));
                }
                for (Future<Integer> read : reads) {
                    assertThat(read.get()).isEqualTo(20);
                }
                return null;
            });
        }
    }

    private void whileAnotherProcessWrites(Callable<Void> work) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database(directory)); Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            work.call();
            awaitWaiting();
            statement.execute("ROLLBACK");
        }
    }

    /** Long enough for every thread of the pool to have nothing to do, or to wait. */
    private static void awaitWaiting() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 300_000_000) {
            Thread.onSpinWait();
        }
    }

    /** Each commit of a writer is a transaction in the log, ended by a frame that says how long the database is then (file format, 4.1). */
    private long commits() throws Exception {
        byte[] log = Files.readAllBytes(directory.resolve("store.db-wal"));
        ByteBuffer frames = ByteBuffer.wrap(log);
        long commits = 0;
        for (int at = 32; at + 24 + 4096 <= log.length && frames.getInt(at + 8) == frames.getInt(16); at += 24 + 4096) {
            commits += frames.getInt(at + 4) > 0 ? 1 : 0;
        }
        return commits;
    }

    private static Event bad() {
        return Event.of("bad", "bad", "", Instant.EPOCH, Map.of(), "{}");
    }

    private static List<Event> batch(String cycle, int size) {
        return events(0, size).stream().map(e -> Event.of(cycle, "kind", e.subject(), e.at(), e.numbers(), e.payload())).toList();
    }

    private static StoreException failure(Future<Long> append) throws InterruptedException {
        try {
            throw new AssertionError("appended up to " + append.get());
        } catch (ExecutionException e) {
            return (StoreException) e.getCause();
        }
    }
}
