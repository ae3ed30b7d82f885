package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** What the chapters of {@link StoreContract} share: each extends the one before, the contract itself the last. */
abstract class StoreRules {
    static final FencingToken TOKEN = new FencingToken(5);
    static final Instant START = Instant.parse("2026-11-23T11:50:34.123Z");

    @TempDir
    Path directory;

    /**
     * Opens the store, see {@link StoreContract#open}.
     *
     * @param directory its folder
     * @return an open store
     */
    protected abstract Store open(Path directory);

    /**
     * See {@link StoreContract#persistent}.
     *
     * @return true if it is
     */
    protected abstract boolean persistent();

    /**
     * See {@link StoreContract#remembersGrants}.
     *
     * @return true if it does
     */
    protected abstract boolean remembersGrants();

    /**
     * See {@link StoreContract#maintained}.
     *
     * @return true if it does
     */
    protected abstract boolean maintained();

    /**
     * See {@link StoreContract#survivesKills}.
     *
     * @return true if it does
     */
    protected abstract boolean survivesKills();

    /**
     * See {@link StoreContract#findsDamage}.
     *
     * @return true if it does
     */
    protected abstract boolean findsDamage();

    final Store open() {
        return open(folder());
    }

    final Path folder() {
        return directory.resolve("not/there/yet");
    }

    static void assertStale(Store store, List<Event> events) {
        assertStale(store, new FencingToken(4), events);
    }

    static void assertStale(Store store, FencingToken token, List<Event> events) {
        StoreException thrown = assertThrows(StoreException.class, () -> store.append(token, events));
        assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
    }

    static Event event(String cycle, String kind, String subject) {
        return Event.of(cycle, kind, subject, START, Map.of(), "{}");
    }

    /** Events whose conditions vary independently of each other; times run backwards in places, as clocks do. */
    static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Event.of("cycle-" + i / 4 % 2, "kind-" + i % 2,
                "subject-" + i % 3, START.plusMillis(i % 10), Map.of("i", (double) i, "half-ms", i / 2.0),
                "{\"i\":" + i + "}")).toList();
    }

    static List<StoredEvent> stored(FencingToken token, long first, List<Event> events) {
        return IntStream.range(0, events.size()).mapToObj(i -> new StoredEvent(first + i, token, events.get(i))).toList();
    }
}
