package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What events come to by the hour and the day. */
abstract class StoreRollupRules extends StoreValueRules {
    private static final Instant HOUR = Instant.parse("2026-11-23T11:00:00Z");

    @Test
    @StoreRule("5.1")
    void rollsUpWhatEachCombinationOfConditionsAsksFor() {
        try (Store store = open()) {
            List<Event> events = spread(1, 240);
            for (int i = 0; i < events.size(); i += 16) {
                store.append(TOKEN, events.subList(i, i + 16));
            }
            ExpectedRollups expected = new ExpectedRollups(events);
            for (int conditions = 0; conditions < 96; conditions++) {
                RollupQuery query = query(conditions);
                ExpectedRollups.assertRollups(expected.of(query), store.rollup(query), "conditions " + conditions);
            }
        }
    }

    @Test
    @StoreRule("5.2")
    void rollsUpNothingWhereThereIsNothing() {
        try (Store store = open()) {
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-0")));
            store.append(TOKEN, events(0, 4));
            assertEquals(List.of(), store.rollup(RollupQuery.of("Kind-0")));
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-%")));
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-0").number("I")));
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-0").subject("kind-0")));
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-0").since(START.plus(Duration.ofDays(1)))));
            assertEquals(List.of(), store.rollup(RollupQuery.of("kind-0").until(START.minus(Duration.ofDays(1)))));
            assertEquals(2, store.rollup(RollupQuery.of("kind-0")).get(0).count());
        }
    }

    @Test
    @StoreRule("5.3")
    void countsEachEventOnceWhenTheClockGoesBackAndWhenItIsOpenedAgain() {
        List<Event> events = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            try (Store store = open()) {
                if (!persistent()) {
                    events.clear();
                }
                for (long hours : new long[] {30, 2, 31, 1, 2, -500_000, 30}) {
                    Event event = Event.of("cycle", "kind", "subject", HOUR.plus(Duration.ofHours(hours)).minusMillis(1), Map.of("n", hours + 0.0),
                            "{}");
                    store.append(TOKEN, List.of(event));
                    events.add(event);
                    assertRollsUp(store, events, "after " + events.size() + " events");
                }
            }
        }
    }

    @Test
    @StoreRule("5.4")
    void rollsUpFractionsAndSumsThatAreInfinite() {
        try (Store store = open()) {
            List<Event> events = new ArrayList<>(numbered(0, i -> Double.MAX_VALUE));
            events.addAll(numbered(1, i -> -Double.MAX_VALUE));
            events.addAll(numbered(2, i -> i / 3.0 - 2));
            events.addAll(numbered(3, i -> Double.MIN_VALUE));
            store.append(TOKEN, events);
            RollupQuery hours = RollupQuery.of("kind").number("n").per(Resolution.HOUR);
            ExpectedRollups.assertRollups(new ExpectedRollups(events).of(hours), store.rollup(hours), "hours");
            Rollup day = store.rollup(hours.per(Resolution.DAY)).get(0);
            assertEquals(events.size(), day.count());
            assertTrue(!Double.isFinite(day.sum()) && day.sumOfSquares() == Double.POSITIVE_INFINITY && day.min() == -Double.MAX_VALUE
                    && day.max() == Double.MAX_VALUE, day::toString);
        }
    }

    @Test
    @StoreRule("5.5")
    void rollsUpEventsThatAreHardToKeep() {
        try (Store store = open()) {
            List<Event> events = SampleEvents.hostile(3, 60);
            store.append(TOKEN, events.subList(0, 30));
            store.append(TOKEN, events.subList(30, 60));
            ExpectedRollups expected = new ExpectedRollups(events);
            expected.queries().forEach(query -> assertEquals(extremes(expected.of(query)), extremes(store.rollup(query)),
                    () -> "kind '" + query.kind() + "', number " + query.number()));
        }
    }

    @Test
    @StoreRule("5.6")
    void countsAnAppendWholeOrNotAtAllWhenSeveralThreadsAppend() throws Exception {
        int threads = 3;
        int appends = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Store store = open()) {
            List<Callable<Boolean>> tasks = IntStream.range(0, threads).mapToObj(thread -> (Callable<Boolean>) () -> {
                for (int i = 0; i < appends; i++) {
                    store.append(TOKEN, numbered(0, n -> 1));
                    Rollup seen = store.rollup(RollupQuery.of("kind").number("n")).get(0);
                    assertEquals(0, seen.count() % numbered(0, n -> 1).size(), "a rollup counts an append whole or not at all");
                    assertEquals(seen.count(), seen.sum());
                }
                return true;
            }).toList();
            for (Future<Boolean> task : pool.invokeAll(tasks)) {
                task.get();
            }
            assertRollsUp(store, store.read(EventQuery.all()).stream().map(StoredEvent::event).toList(), "at the end");
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }

    @Test
    @StoreRule("5.7")
    void showsASecondObjectTheRollupsOfWhatTheFirstAppendsIfItIsPersistent() {
        if (!persistent()) {
            return;
        }
        try (Store one = open(); Store two = open()) {
            List<Event> events = spread(2, 60);
            for (int i = 0; i < events.size(); i += 6) {
                (i % 4 == 0 ? one : two).append(TOKEN, events.subList(i, i + 6));
                assertRollsUp(i % 4 == 0 ? two : one, events.subList(0, i + 6), "the other object after " + (i + 6) + " events");
            }
        }
    }

    /** Compares all rollups that name no subject. */
    static void assertRollsUp(Store store, List<Event> events, String message) {
        ExpectedRollups expected = new ExpectedRollups(events);
        expected.queries().forEach(query -> ExpectedRollups.assertRollups(expected.of(query), store.rollup(query), message));
    }

    /** Events of two kinds and three subjects, with whole numbers of which some are absent, over days that come in no order. */
    static List<Event> spread(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> {
            Map<String, Double> numbers = new LinkedHashMap<>();
            if (random.nextInt(4) > 0) {
                numbers.put("n", random.nextInt(2001) - 1000.0);
            }
            if (random.nextBoolean()) {
                numbers.put("large", (double) random.nextInt(1 << 20));
            }
            Instant at = i % 20 == 7 ? Instant.EPOCH.minusMillis(1 + random.nextInt(100_000_000)) : HOUR.plusSeconds(random.nextInt(300_000));
            return Event.of("cycle-" + i / 20, "kind-" + random.nextInt(2), "subject-" + random.nextInt(3), at, numbers, "{\"i\":" + i + "}");
        }).toList();
    }

    private static List<Event> numbered(int hour, IntToDoubleFunction number) {
        return IntStream.range(0, 5).mapToObj(i -> Event.of("cycle", "kind", "subject", HOUR.plus(Duration.ofHours(hour)).plusSeconds(i),
                Map.of("n", number.applyAsDouble(i)), "{}")).toList();
    }

    /** Times and numbers of which the order of the addends changes nothing. */
    private static List<String> extremes(List<Rollup> rollups) {
        return rollups.stream().map(r -> r.start() + " " + r.count() + " " + (r.min() + 0.0) + " " + (r.max() + 0.0)).toList();
    }

    /** 32 combinations of conditions on one kind, on another, and on another number of that. */
    private static RollupQuery query(int conditions) {
        RollupQuery query = RollupQuery.of(conditions < 32 ? "kind-0" : "kind-1");
        query = (conditions & 1) == 0 ? query : query.subject("subject-1");
        query = (conditions & 2) == 0 ? query : query.number(conditions < 64 ? "n" : "large");
        query = (conditions & 4) == 0 ? query : query.per(Resolution.HOUR);
        query = (conditions & 8) == 0 ? query : query.since(HOUR.plusSeconds(80_000));
        return (conditions & 16) == 0 ? query : query.until(HOUR.plusSeconds(200_000));
    }
}
