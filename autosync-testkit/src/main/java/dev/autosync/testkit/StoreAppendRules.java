package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What an append does. */
abstract class StoreAppendRules extends StoreRules {

    @Test
    @StoreRule("1.1")
    void beginsEmpty() {
        try (Store store = open()) {
            assertEquals(List.of(), store.read(EventQuery.all()));
            assertEquals(Optional.empty(), store.lastToken());
        }
    }

    @Test
    @StoreRule("1.2")
    void numbersEventsFromOneWithoutAGap() {
        try (Store store = open()) {
            assertEquals(1, store.append(TOKEN, events(0, 1)));
            assertEquals(4, store.append(TOKEN, events(1, 3)));
            assertEquals(5, store.append(TOKEN, events(4, 1)));
            assertEquals(14, store.append(TOKEN, events(5, 9)), "nine events, before the last of which the clock went back");
            assertEquals(stored(TOKEN, 1, events(0, 14)), store.read(EventQuery.all()));
        }
    }

    @Test
    @StoreRule("1.3")
    void appendsNothingWhenThereIsNothingToAppend() {
        try (Store store = open()) {
            assertEquals(0, store.append(TOKEN, List.of()));
            assertEquals(List.of(), store.read(EventQuery.all()));
            store.append(TOKEN, events(0, 2));
            assertEquals(2, store.append(TOKEN, List.of()));
            assertEquals(2, store.read(EventQuery.all()).size());
        }
    }

    @Test
    @StoreRule("1.4")
    void keepsTheEventsOfAnAppendTogetherWhenSeveralThreadsAppend() throws Exception {
        int threads = 4;
        int appends = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Store store = open()) {
            List<Callable<Boolean>> tasks = IntStream.range(0, threads).mapToObj(thread -> (Callable<Boolean>) () -> {
                for (int i = 0; i < appends; i++) {
                    String cycle = thread + "-" + i;
                    long last = store.append(TOKEN, List.of(event(cycle, "k", "0"), event(cycle, "k", "1"), event(cycle, "k", "2")));
                    List<StoredEvent> mine = store.read(EventQuery.all().cycle(cycle));
                    assertEquals(List.of("0", "1", "2"), mine.stream().map(e -> e.event().subject()).toList());
                    assertEquals(mine.get(0).sequence() + 2, mine.get(2).sequence(), "the events of an append stay together");
                    assertTrue(last >= mine.get(2).sequence(), "the answer is not before the events appended");
                    assertEquals(0, store.read(EventQuery.all()).size() % 3, "a read sees an append whole or not at all");
                }
                return true;
            }).toList();
            for (Future<Boolean> task : pool.invokeAll(tasks)) {
                task.get();
            }
            assertEquals(LongStream.rangeClosed(1, 3L * threads * appends).boxed().toList(),
                    store.read(EventQuery.all()).stream().map(StoredEvent::sequence).toList());
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }

    @Test
    @StoreRule("1.5")
    void keepsItsEventsWhenOpenedAgainIfItIsPersistent() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 3));
        }
        try (Store store = open()) {
            if (!persistent()) {
                assertEquals(List.of(), store.read(EventQuery.all()), "a store that is not persistent begins empty");
                assertEquals(Optional.empty(), store.lastToken());
                assertEquals(1, store.append(TOKEN, events(0, 1)));
                return;
            }
            assertEquals(stored(TOKEN, 1, events(0, 3)), store.read(EventQuery.all()));
            assertEquals(Optional.of(TOKEN), store.lastToken());
            assertStale(store, events(3, 1));
            assertEquals(5, store.append(TOKEN, events(3, 2)));
        }
        try (Store store = open()) {
            assertEquals(stored(TOKEN, 1, events(0, 5)), store.read(EventQuery.all()));
        }
    }

    @Test
    @StoreRule("1.6")
    void showsASecondObjectWhatTheFirstAppendsIfItIsPersistent() {
        if (!persistent()) {
            return;
        }
        try (Store one = open(); Store two = open()) {
            assertEquals(2, one.append(TOKEN, events(0, 2)));
            assertEquals(stored(TOKEN, 1, events(0, 2)), two.read(EventQuery.all()));
            assertEquals(Optional.of(TOKEN), two.lastToken());
            assertEquals(3, two.append(new FencingToken(9), events(2, 1)));
            assertEquals(List.of(3L), one.read(EventQuery.all().latest(1)).stream().map(StoredEvent::sequence).toList());
            StoreException thrown = assertThrows(StoreException.class, () -> one.append(TOKEN, events(3, 1)));
            assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
            assertEquals(4, one.append(new FencingToken(9), events(3, 1)));
            two.close();
            assertEquals(4, one.read(EventQuery.all()).size());
        }
    }

    @Test
    @StoreRule("1.7")
    void worksOnAnInterruptedThreadAndLeavesItInterrupted() {
        try (Store store = open()) {
            Thread.currentThread().interrupt();
            try {
                assertEquals(2, store.append(TOKEN, events(0, 2)));
                assertTrue(Thread.currentThread().isInterrupted(), "append must leave the thread interrupted");
                assertEquals(2, store.read(EventQuery.all()).size());
                assertEquals(Optional.of(TOKEN), store.lastToken());
                assertTrue(Thread.currentThread().isInterrupted(), "read must leave the thread interrupted");
                FencingToken granted = store.grant(TOKEN);
                assertTrue(Thread.currentThread().isInterrupted(), "grant must leave the thread interrupted");
                assertEquals(3, store.append(granted, events(2, 1)));
            } finally {
                Thread.interrupted();
            }
            assertEquals(4, store.append(store.grant(TOKEN), events(3, 1)));
        }
    }

    @Test
    @StoreRule("1.8")
    void isClosedOnceAndThenRefusesEverythingElse() {
        Store store = open();
        store.append(TOKEN, events(0, 1));
        store.close();
        store.close();
        assertThrows(StoreException.class, () -> store.append(TOKEN, events(1, 1)));
        assertThrows(StoreException.class, () -> store.read(EventQuery.all()));
        assertThrows(StoreException.class, store::lastToken);
        assertThrows(StoreException.class, () -> store.grant(TOKEN));
        assertThrows(StoreException.class, () -> store.rollup(RollupQuery.of("kind-0")));
    }

    @Test
    @StoreRule("1.9")
    void keepsNoHoldOnTheListsThatItIsGivenAndGives() {
        try (Store store = open()) {
            List<Event> given = new ArrayList<>(events(0, 2));
            store.append(TOKEN, given);
            given.clear();
            List<StoredEvent> read = store.read(EventQuery.all());
            store.append(TOKEN, events(2, 1));
            assertEquals(stored(TOKEN, 1, events(0, 2)), read);
        }
    }
}
