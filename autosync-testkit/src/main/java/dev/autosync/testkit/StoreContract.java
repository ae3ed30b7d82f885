package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Store} must do.
 *
 * <p>Extended by authors of plugins: a subclass says how to open its store, and is run by JUnit Jupiter. The rules:
 *
 * <ul>
 *   <li>Events are numbered 1, 2, 3, ... without a gap, whoever appends them, before and after the store was closed.
 *   <li>An append is all or none, and its events stay together. One with a token lower than any seen before is
 *       {@link ErrorCode#STORE_STALE_TOKEN} and appends nothing.
 *   <li>A grant is higher than every token seen or granted before, and not below the one asked for. From then on every lower token is
 *       {@link ErrorCode#STORE_STALE_TOKEN}, also in another object on the same folder and after the store was closed. A grant appends nothing.
 *   <li>A read gives exactly what {@link EventQuery#matches} says, in order, never more than the limit; of more than that the earliest,
 *       or the latest if the query asks for them.
 *   <li>Text comes back as it was given, of any length and in any script; numbers to the bit; times to the millisecond at least.
 *   <li>Two objects on one folder see each other's events and tokens at once.
 *   <li>All methods may be called from several threads, and on an interrupted thread, which stays interrupted.
 *   <li>A closed store can be closed again; every other call is a {@link StoreException}.
 * </ul>
 *
 * <p>That an append survives a power cut or the death of the process cannot be tested here.
 *
 * @since 0.1.0
 */
public abstract class StoreContract {
    private static final FencingToken TOKEN = new FencingToken(5);
    private static final Instant START = Instant.parse("2026-11-23T11:50:34.123Z");

    @TempDir
    Path directory;

    /** For subclasses. */
    protected StoreContract() {}

    /**
     * Opens the store that is to be tested.
     *
     * @param directory the folder that is the store's own; it may not exist yet. The same one is given again to open the store again
     * @return an open store; the contract closes it
     */
    protected abstract Store open(Path directory);

    /**
     * Whether what was appended is there when the store is opened again. True unless overridden. A store that says false must begin
     * empty every time.
     *
     * @return true if it is
     */
    protected boolean persistent() {
        return true;
    }

    /**
     * Whether the store remembers what it has granted. True unless overridden; a store that keeps {@link Store#grant} as it stands says
     * false.
     *
     * @return true if it does
     */
    protected boolean remembersGrants() {
        return true;
    }

    private Store open() {
        return open(directory.resolve("not/there/yet"));
    }

    @Test
    void beginsEmpty() {
        try (Store store = open()) {
            assertEquals(List.of(), store.read(EventQuery.all()));
            assertEquals(Optional.empty(), store.lastToken());
        }
    }

    @Test
    void numbersEventsFromOneWithoutAGap() {
        try (Store store = open()) {
            assertEquals(1, store.append(TOKEN, events(0, 1)));
            assertEquals(4, store.append(TOKEN, events(1, 3)));
            assertEquals(5, store.append(TOKEN, events(4, 1)));
            assertEquals(stored(TOKEN, 1, events(0, 5)), store.read(EventQuery.all()));
        }
    }

    @Test
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
    void remembersTheHighestToken() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 1));
            assertEquals(Optional.of(TOKEN), store.lastToken());
            store.append(TOKEN, events(1, 1));
            store.append(new FencingToken(9), events(2, 1));
            assertEquals(Optional.of(new FencingToken(9)), store.lastToken());
            assertEquals(List.of(5L, 5L, 9L),
                    store.read(EventQuery.all()).stream().map(e -> e.token().value()).toList());
        }
    }

    @Test
    void refusesAStaleTokenAndAppendsNothing() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 2));
            assertStale(store, events(2, 3));
            assertStale(store, List.of());
            assertEquals(stored(TOKEN, 1, events(0, 2)), store.read(EventQuery.all()));
            assertEquals(Optional.of(TOKEN), store.lastToken());
            assertEquals(3, store.append(TOKEN, events(2, 1)));
        }
    }

    @Test
    void grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor() {
        try (Store store = open()) {
            assertTrue(store.grant(new FencingToken(40)).value() >= 40, "a grant is not below the token asked for");
            store.append(new FencingToken(100), events(0, 1));
            assertTrue(store.grant(TOKEN).value() > 100, "a grant is above every token seen");
            assertTrue(store.grant(new FencingToken(7000)).value() >= 7000, "a grant is not below the token asked for");
        }
    }

    @Test
    void grantsAHigherTokenEachTimeIfItRemembersGrants() {
        try (Store store = open()) {
            long first = store.grant(TOKEN).value();
            long second = store.grant(TOKEN).value();
            if (!remembersGrants()) {
                assertEquals(first, second, "a store that remembers no grant grants the same again");
                return;
            }
            assertTrue(second > first, "a grant is above every earlier one");
            assertTrue(store.grant(new FencingToken(1)).value() > second, "a grant is above every earlier one");
        }
    }

    @Test
    void tellsTheTokenThatItHasGrantedIfItRemembersGrants() {
        try (Store store = open()) {
            FencingToken granted = store.grant(TOKEN);
            assertEquals(remembersGrants() ? Optional.of(granted) : Optional.empty(), store.lastToken());
            store.append(granted, events(0, 1));
            assertEquals(Optional.of(granted), store.lastToken());
            FencingToken next = store.grant(TOKEN);
            assertEquals(Optional.of(remembersGrants() ? next : granted), store.lastToken());
        }
    }

    @Test
    void appendsNothingWithAGrant() {
        try (Store store = open()) {
            FencingToken granted = store.grant(TOKEN);
            assertEquals(List.of(), store.read(EventQuery.all()));
            assertEquals(0, assertDoesNotThrow(() -> store.append(granted, List.of()), "the token that was granted is not stale"));
            assertEquals(1, store.append(granted, events(0, 1)));
            FencingToken next = store.grant(TOKEN);
            assertEquals(3, store.append(next, events(1, 2)));
            List<StoredEvent> expected = new ArrayList<>(stored(granted, 1, events(0, 1)));
            expected.addAll(stored(next, 2, events(1, 2)));
            assertEquals(expected, store.read(EventQuery.all()));
        }
    }

    @Test
    void refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 1));
            FencingToken earlier = store.grant(TOKEN);
            FencingToken granted = store.grant(TOKEN);
            if (!remembersGrants()) {
                assertEquals(2, assertDoesNotThrow(() -> store.append(TOKEN, events(1, 1)),
                        "a store that remembers no grant refuses only what is below the tokens appended with"));
                return;
            }
            assertStale(store, TOKEN, events(1, 2));
            assertStale(store, earlier, events(1, 2));
            assertStale(store, earlier, List.of());
            assertEquals(stored(TOKEN, 1, events(0, 1)), store.read(EventQuery.all()));
            assertEquals(Optional.of(granted), store.lastToken());
            assertEquals(2, store.append(granted, events(1, 1)));
            assertStale(store, earlier, events(2, 1));
            assertEquals(3, store.append(granted, events(2, 1)));
        }
    }

    @Test
    void keepsItsGrantsWhenOpenedAgainIfItIsPersistentAndRemembersGrants() {
        FencingToken earlier;
        FencingToken granted;
        try (Store store = open()) {
            earlier = store.grant(TOKEN);
            store.append(earlier, events(0, 1));
            granted = store.grant(TOKEN);
        }
        if (!persistent() || !remembersGrants()) {
            return;
        }
        try (Store store = open()) {
            assertEquals(Optional.of(granted), store.lastToken());
            assertStale(store, earlier, events(1, 1));
            assertTrue(store.grant(TOKEN).value() > granted.value(), "a grant is above one from before the store was closed");
        }
    }

    @Test
    void showsASecondObjectWhatTheFirstGrantsIfItIsPersistentAndRemembersGrants() {
        if (!persistent() || !remembersGrants()) {
            return;
        }
        try (Store one = open(); Store two = open()) {
            FencingToken first = one.grant(TOKEN);
            assertEquals(Optional.of(first), two.lastToken());
            FencingToken second = two.grant(TOKEN);
            assertTrue(second.value() > first.value(), "a grant is above that of another object on the same folder");
            assertEquals(Optional.of(second), one.lastToken());
            assertStale(one, first, events(0, 1));
            assertStale(one, first, List.of());
            assertEquals(1, two.append(second, events(0, 1)));
            assertTrue(one.grant(TOKEN).value() > second.value(), "a grant is above that of another object on the same folder");
            assertStale(two, second, events(1, 1));
        }
    }

    @Test
    void grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants() throws Exception {
        int threads = 4;
        int grants = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Store store = open()) {
            List<Callable<List<FencingToken>>> tasks = IntStream.range(0, threads).mapToObj(thread -> (Callable<List<FencingToken>>) () ->
                    Stream.generate(() -> store.grant(TOKEN)).limit(grants).toList()).toList();
            Set<FencingToken> granted = new HashSet<>();
            for (Future<List<FencingToken>> task : pool.invokeAll(tasks)) {
                granted.addAll(task.get());
            }
            assertEquals(remembersGrants() ? threads * grants : 1, granted.size(), "no token is granted twice");
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }

    @Test
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
    void readsWhatEachCombinationOfConditionsAsksFor() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 12));
            store.append(TOKEN, events(12, 12));
            List<StoredEvent> all = store.read(EventQuery.all());
            for (int conditions = 0; conditions < 32; conditions++) {
                EventQuery query = query(conditions);
                assertEquals(all.stream().filter(query::matches).toList(), store.read(query), "conditions " + conditions);
                assertEquals(all.stream().filter(query::matches).limit(2).toList(), store.read(query.limit(2)),
                        "conditions " + conditions + " with a limit");
            }
        }
    }

    @Test
    void readsTheLatestOfWhatEachCombinationOfConditionsAsksFor() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 12));
            store.append(TOKEN, events(12, 12));
            List<StoredEvent> all = store.read(EventQuery.all());
            for (int conditions = 0; conditions < 32; conditions++) {
                EventQuery query = query(conditions);
                List<StoredEvent> matching = all.stream().filter(query::matches).toList();
                for (int limit : new int[] {1, 2, 5, 24, 25, Integer.MAX_VALUE}) {
                    assertEquals(matching.subList(Math.max(0, matching.size() - limit), matching.size()), store.read(query.latest(limit)),
                            "conditions " + conditions + ", latest " + limit);
                }
                assertEquals(matching.stream().limit(2).toList(), store.read(query.latest(2).limit(2)),
                        "conditions " + conditions + ", the last word is limit");
            }
            assertEquals(List.of(), store.read(EventQuery.all().after(24).latest(3)));
            assertEquals(List.of(), store.read(EventQuery.all().kind("none").latest(3)));
        }
    }

    @Test
    void readsTheLatestEventsOfAnEmptyStore() {
        try (Store store = open()) {
            assertEquals(List.of(), store.read(EventQuery.all().latest(1)));
        }
    }

    @Test
    void readsOnWhereAnEarlierReadEnded() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 10));
            List<StoredEvent> found = new ArrayList<>();
            long after = 0;
            for (List<StoredEvent> page = store.read(EventQuery.all().limit(3)); !page.isEmpty();
                    page = store.read(EventQuery.all().after(after).limit(3))) {
                assertTrue(page.size() <= 3, "a page is never longer than the limit");
                found.addAll(page);
                after = page.get(page.size() - 1).sequence();
            }
            assertEquals(stored(TOKEN, 1, events(0, 10)), found);
            assertEquals(List.of(), store.read(EventQuery.all().after(Long.MAX_VALUE)));
        }
    }

    @Test
    void findsNothingForNamesThatOnlyLookAlike() {
        try (Store store = open()) {
            store.append(TOKEN, List.of(event("cycle", "kind", "Subject_%"), event("cycle", "kind", "subject' OR '1'='1")));
            assertEquals(List.of(), store.read(EventQuery.all().subject("subject_%")));
            assertEquals(List.of(), store.read(EventQuery.all().subject("%")));
            assertEquals(1, store.read(EventQuery.all().subject("Subject_%")).size());
            assertEquals(1, store.read(EventQuery.all().subject("subject' OR '1'='1")).size());
        }
    }

    @Test
    void givesBackTextAsItWas() {
        List<Event> events = new ArrayList<>();
        for (String text : List.of("", " ", "\"", "\\", "a\nb\r\nc\td", "\u0001\u001b[31m\u007f\u0085", "\u00e4\u00f6\u00fc\u00df",
                "\ud83d\ude80 \u65e5\u672c\u8a9e", "\u2028\u2029\u202e\ufeff\ufffd", "e\u0301 \u00e9", "</script>", "{\"a\":[1,2]}")) {
            events.add(event(text + "1", text + "2", text));
        }
        for (String payload : List.of("{}", "null", "[ 1.0, 1e2 ,-0 ]", " {\"a\" : \"\\u00e4\\n\\\"\" } ", "\"\ud83d\ude80\"",
                "{\"a\":1,\"a\":2}", "12345678901234567890.000")) {
            events.add(Event.of("cycle", "kind", "subject", START, Map.of(), payload));
        }
        try (Store store = open()) {
            store.append(TOKEN, events);
            assertEquals(events, store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
        try (Store store = open()) {
            assertEquals(persistent() ? events : List.of(), store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
    }

    @Test
    void givesBackEventsThatAreHardToKeep() {
        List<Event> events = SampleEvents.hostile(1, 300);
        try (Store store = open()) {
            store.append(TOKEN, events.subList(0, 150));
            store.append(TOKEN, events.subList(150, 300));
            List<StoredEvent> stored = store.read(EventQuery.all());
            assertEquals(stored(TOKEN, 1, events), stored);
            for (StoredEvent event : stored.subList(0, 40)) {
                EventQuery same = EventQuery.all().cycle(event.event().cycle()).kind(event.event().kind()).subject(event.event().subject())
                        .since(event.event().at());
                assertTrue(store.read(same).contains(event), () -> "an event is found by its own values: " + event);
            }
        }
    }

    @Test
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
    void givesBackALargePayload() {
        String payload = "\"" + "0123456789abcde\u00e4".repeat(1 << 16) + "\"";
        Event event = Event.of("cycle", "kind", "subject", START, Map.of(), payload);
        try (Store store = open()) {
            assertEquals(3, store.append(TOKEN, List.of(event, event, event)));
            assertEquals(stored(TOKEN, 1, List.of(event, event, event)), store.read(EventQuery.all()));
        }
    }

    @Test
    void givesBackNumbersToTheBitAndTimesToTheMillisecond() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (double number : new double[] {0.0, -0.0, 1, 0.1, 1e21, -1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, 9007199254740993.0}) {
            numbers.put("n" + number, number);
        }
        List<Event> events = Stream.of("1969-12-31T23:59:59.999Z", "2026-11-23T11:50:34.001Z", "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z").map(at -> Event.of("cycle", "kind", "subject", Instant.parse(at), numbers, "{}")).toList();
        try (Store store = open()) {
            store.append(TOKEN, events);
            assertEquals(events, store.read(EventQuery.all()).stream().map(StoredEvent::event).toList());
        }
    }

    @Test
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
    void isClosedOnceAndThenRefusesEverythingElse() {
        Store store = open();
        store.append(TOKEN, events(0, 1));
        store.close();
        store.close();
        assertThrows(StoreException.class, () -> store.append(TOKEN, events(1, 1)));
        assertThrows(StoreException.class, () -> store.read(EventQuery.all()));
        assertThrows(StoreException.class, store::lastToken);
        assertThrows(StoreException.class, () -> store.grant(TOKEN));
    }

    @Test
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

    /** The conditions whose bits are set. */
    private static EventQuery query(int conditions) {
        EventQuery query = EventQuery.all();
        query = (conditions & 1) == 0 ? query : query.cycle("cycle-1");
        query = (conditions & 2) == 0 ? query : query.kind("kind-0");
        query = (conditions & 4) == 0 ? query : query.subject("subject-1");
        query = (conditions & 8) == 0 ? query : query.since(START.plusMillis(7));
        return (conditions & 16) == 0 ? query : query.after(9);
    }

    private static void assertStale(Store store, List<Event> events) {
        assertStale(store, new FencingToken(4), events);
    }

    private static void assertStale(Store store, FencingToken token, List<Event> events) {
        StoreException thrown = assertThrows(StoreException.class, () -> store.append(token, events));
        assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
    }

    private static Event event(String cycle, String kind, String subject) {
        return Event.of(cycle, kind, subject, START, Map.of(), "{}");
    }

    /** Events whose conditions vary independently of each other; times run backwards in places, as clocks do. */
    private static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Event.of("cycle-" + i / 4 % 2, "kind-" + i % 2,
                "subject-" + i % 3, START.plusMillis(i % 10), Map.of("i", (double) i, "half-ms", i / 2.0),
                "{\"i\":" + i + "}")).toList();
    }

    private static List<StoredEvent> stored(FencingToken token, long first, List<Event> events) {
        return IntStream.range(0, events.size()).mapToObj(i -> new StoredEvent(first + i, token, events.get(i))).toList();
    }
}
