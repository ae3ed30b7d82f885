package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copying a history from which events were removed. */
class CompactedCopyTest {
    private static final FencingToken TOKEN = new FencingToken(3);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path temp;

    @Test
    void takesNumbersTokensAndRollupsThereAndBack() throws Exception {
        Store from = compacted("from", 5000);
        Store to = new FileStore(temp.resolve("to"));
        Store back = new FileStore(temp.resolve("back"));

        StoreCopy there = Stores.copy(from, to);
        StoreCopy andBack = Stores.copy(to, back);

        assertEquals(there, andBack);
        assertEquals(from.read(EventQuery.all()).size(), there.events());
        assertEquals(there.events(), there.copied());
        assertEqualStores(from, to);
        assertEqualStores(from, back);
    }

    @Test
    void appendsWhatTheSourceGetsLater() throws Exception {
        Store from = compacted("from", 300);
        Store to = new FileStore(temp.resolve("to"));
        Stores.copy(from, to);
        assertEquals(0, Stores.copy(from, to).copied());
        from.append(TOKEN, events(300, 40));

        assertEquals(40, Stores.copy(from, to).copied());
        assertEqualStores(from, to);
    }

    @Test
    void saysHowFarItHasCome() throws Exception {
        Store from = compacted("from", 5000);
        int events = from.read(EventQuery.all()).size();
        List<String> reached = new ArrayList<>();
        Stores.copy(from, new FileStore(temp.resolve("to")), (done, total) -> reached.add(done + " of " + total));
        assertEquals(List.of("0 of " + events, "2000 of " + events, "4000 of " + events, events + " of " + events), reached);
    }

    @Test
    void needsATargetThatIsMaintained() throws Exception {
        Store from = compacted("from", 300);
        Store to = new InMemoryStore();

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, to));

        assertEquals(ErrorCode.STORE_FAILED, thrown.code());
        assertTrue(thrown.getMessage().contains("removed from the source, and the target's plugin offers no maintenance"), thrown.getMessage());
        assertEquals(List.of(), to.read(EventQuery.all()));
    }

    @Test
    void refusesATargetFromWhichOtherEventsWereRemoved() throws Exception {
        Store from = compacted("from", 300);
        Store to = new FileStore(temp.resolve("to"));
        Stores.copy(from, to);
        StoreMaintenance maintenance = from.maintenance().orElseThrow();
        maintenance.compact(TOKEN, Retention.dropping(START.plus(Duration.ofDays(8)), Set.of("old", "kept")));
        assertRefused(from, to, "which the source does not hold, or not any more");
        Store second = new FileStore(temp.resolve("second"));
        second.append(TOKEN, events(0, 300));
        assertRefused(from, second, "the target holds event 1, which the source does not hold, or not any more");

        // The same events are left, but the target had one more that was removed.
        Store less = new FileStore(temp.resolve("less"));
        less.append(TOKEN, events(0, 6));
        less.maintenance().orElseThrow().compact(TOKEN, Retention.dropping(START.plus(Duration.ofDays(1)), Set.of("old")));
        Store one = new FileStore(temp.resolve("one"));
        one.maintenance().orElseThrow().restore(new CompactedHistory(5, less.read(EventQuery.all()).iterator(),
                less.maintenance().orElseThrow().hours()));
        assertRefused(less, one, "events were removed up to 4 in the source, and up to 5 in the target");
    }

    @Test
    void findsOutATargetWhoseRollupsDiffer() throws Exception {
        Store from = compacted("from", 300);
        Store wrong = new FileStore(temp.resolve("to")) {
            @Override
            List<KindRollup> hours(FileState state) {
                return super.hours(state).stream().map(hour -> hour.number().isEmpty() ? hour : new KindRollup(hour.kind(), hour.number(),
                        hour.rollup().plus(Rollup.of(hour.rollup().start(), 0)))).toList();
            }
        };

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, wrong));

        assertTrue(thrown.getMessage().contains("the rollups of the target are not those of the source: kept n 2026-01-01T00:00:00Z count "),
                thrown.getMessage());
    }

    @Test
    void endsWithNothingWrittenWhereOthersKeepAppending() throws Exception {
        Store from = compacted("from", 300);
        Store busy = new ForwardingStore(from) {
            @Override
            public Optional<StoreMaintenance> maintenance() {
                return Optional.of(new FileStoreMaintenance((FileStore) from) {
                    @Override
                    public List<KindRollup> hours() {
                        from.append(TOKEN, events(300, 1));
                        return super.hours();
                    }
                });
            }
        };
        Store to = new FileStore(temp.resolve("to"));

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(busy, to));

        assertTrue(thrown.getMessage().contains("copy while no cycle runs"), thrown.getMessage());
        assertEquals(List.of(), to.read(EventQuery.all()));
    }

    @Test
    void endsAtAnInterruptWithNothingWritten() throws Exception {
        Store from = compacted("from", 5000);
        Store to = new FileStore(temp.resolve("to"));

        assertThrows(InterruptedException.class, () -> Stores.copy(from, to, (done, total) -> Thread.currentThread().interrupt()));

        assertFalse(Thread.interrupted());
        assertEquals(List.of(), to.read(EventQuery.all()));
        assertEquals(from.read(EventQuery.all()).size(), Stores.copy(from, to).copied());
    }

    @Test
    @Timeout(120)
    void isRepeatedWithTheSameResultWhenItsProcessWasKilled() throws Exception {
        Store compacted = compacted("from", 1200);
        assertKilledCopiesCanBeRepeated(temp.resolve("from"), compacted, true);
        Store whole = new FileStore(temp.resolve("whole"));
        StoresCopyTest.fill(whole, 0, 1200);
        assertKilledCopiesCanBeRepeated(temp.resolve("whole"), whole, false);
    }

    private void assertKilledCopiesCanBeRepeated(Path source, Store from, boolean inOneStep) throws Exception {
        Random random = new Random(20261128);
        for (int kill = 0; kill < 2; kill++) {
            Path targets = temp.resolve("killed-" + inOneStep + kill);
            StoreProcess.Turns turns;
            try (StoreProcess process = StoreProcess.start(CopyProcess.class, CompactedCopyTest.class, temp.resolve("errors"), source, targets)) {
                turns = process.killIn(3, random.nextDouble());
            }
            Store to = new FileStore(targets.resolve(String.valueOf(turns.begun())));
            int there = to.read(EventQuery.all()).size();
            int all = from.read(EventQuery.all()).size();
            assertTrue(!inOneStep || there == 0 || there == all, "the target is empty or holds all: " + there + " of " + all);
            assertEquals(all - there, Stores.copy(from, to).copied());
            assertEqualStores(from, to);
        }
    }

    private static void assertEqualStores(Store from, Store to) {
        assertEquals(from.read(EventQuery.all()), to.read(EventQuery.all()));
        StoreMaintenance ours = from.maintenance().orElseThrow();
        StoreMaintenance theirs = to.maintenance().orElseThrow();
        assertEquals(ours.compactedUpTo(), theirs.compactedUpTo());
        ExpectedRollups.assertHours(ours.hours(), theirs.hours(), "hours");
    }

    private static void assertRefused(Store from, Store to, String why) {
        List<StoredEvent> before = to.read(EventQuery.all());
        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, to));
        assertTrue(thrown.getMessage().contains(why), thrown.getMessage());
        assertEquals(before, to.read(EventQuery.all()));
    }

    /** A store of so many events, of which those of the first days and one kind were removed. */
    private Store compacted(String name, int count) throws InterruptedException {
        Store store = new FileStore(temp.resolve(name));
        for (int i = 0; i < count; i += 500) {
            store.append(new FencingToken(1 + i / 2500), events(i, Math.min(500, count - i)));
        }
        store.maintenance().orElseThrow().compact(TOKEN, Retention.dropping(START.plus(Duration.ofDays(3)), Set.of("old")));
        return store;
    }

    private static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Event.of("cycle", i % 3 == 0 ? "old" : "kept", "s" + i % 5,
                START.plus(Duration.ofMinutes(i * 37L % 10_000)), Map.of("n", (double) (i % 100)), "{}")).toList();
    }
}
