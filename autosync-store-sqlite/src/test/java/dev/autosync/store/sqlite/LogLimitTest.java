package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two readers take turns in such a way that at each moment one of them is within a read. */
@Timeout(120)
class LogLimitTest {
    private static final int READERS = 2;
    private static final int BATCHES = 12;
    private static final int BATCH = 1000;
    private static final long LIMIT = 4 << 20;

    /** SQLite itself would begin the log anew at 16 MiB, if it could. */
    private static final long OWN_LIMIT = 16 << 20;

    @TempDir
    Path temp;

    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean ended;

    @Test
    void readsWithoutAPauseLetTheLogGrowToItsLimitOnly() throws Exception {
        assertThat(longestLog(LIMIT)).isBetween(LIMIT, OWN_LIMIT);
    }

    /** The control: what SQLite does by itself. */
    @Test
    void withoutALimitTheyLetTheLogGrowForEver() throws Exception {
        assertThat(longestLog(Long.MAX_VALUE)).isGreaterThan(OWN_LIMIT + 2 * LIMIT);
    }

    /** How many bytes the log had at most while events were appended beside the readers. */
    private long longestLog(long limit) throws Exception {
        DatabaseFile file = DatabaseFile.in(temp.resolve("store-" + limit));
        Door writer = Door.toWrite(file, Duration.ofSeconds(10), Schema.CURRENT);
        GroupCommit appends = new GroupCommit(writer, new LogRoom(file, 0), new LogLimit(writer, file, limit));
        appends.append(TOKEN, batch());
        ExecutorService pool = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(pool.submit(reader(file)));
            }
            long longest = 0;
            for (int i = 1; i <= BATCHES; i++) {
                assertThat(appends.append(TOKEN, batch())).isEqualTo((i + 1L) * BATCH);
                longest = Math.max(longest, file.logBytes());
            }
            ended = true;
            for (Future<Void> reader : readers) {
                reader.get();
            }
            assertThat(begun.get()).isGreaterThan(BATCHES);
            return longest;
        } finally {
            ended = true;
            pool.shutdownNow();
            writer.close();
        }
    }

    private static List<Event> batch() {
        return Collections.nCopies(BATCH, Event.of("cycle", "kind", "subject", Instant.EPOCH, Map.of(), "\"" + "x".repeat(2000) + "\""));
    }

    private Callable<Void> reader(DatabaseFile file) {
        return () -> {
            Door door = Door.toRead(file, Duration.ofSeconds(10), Schema.CURRENT);
            try {
                while (!ended) {
                    door.pass("read", this::readUntilTheOtherHasBegun);
                }
                return null;
            } finally {
                door.close();
            }
        };
    }

    private List<StoredEvent> readUntilTheOtherHasBegun(Tables tables) throws SQLException {
        List<StoredEvent> found = tables.events().read(EventQuery.all().latest(1));
        int mine = begun.incrementAndGet();
        while (begun.get() == mine && !ended) {
            Thread.yield();
        }
        return found;
    }
}
