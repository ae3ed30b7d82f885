package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may append: tokens and grants. */
abstract class StoreTokenRules extends StoreAppendRules {

    @Test
    @StoreRule("2.1")
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
    @StoreRule("2.2")
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
    @StoreRule("2.3")
    void grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor() {
        try (Store store = open()) {
            assertTrue(store.grant(new FencingToken(40)).value() >= 40, "a grant is not below the token asked for");
            store.append(new FencingToken(100), events(0, 1));
            assertTrue(store.grant(TOKEN).value() > 100, "a grant is above every token seen");
            assertTrue(store.grant(new FencingToken(7000)).value() >= 7000, "a grant is not below the token asked for");
        }
    }

    @Test
    @StoreRule("2.4")
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
    @StoreRule("2.5")
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
    @StoreRule("2.6")
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
    @StoreRule("2.7")
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
    @StoreRule("2.8")
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
    @StoreRule("2.9")
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
    @StoreRule("2.10")
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
    @StoreRule("2.11")
    void appendsNothingUnderAnOlderTokenOnceATokenWasGrantedIfItRemembersGrants() throws Exception {
        if (!remembersGrants()) {
            return;
        }
        int grants = 30;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (Store store = open(); Store granting = persistent() ? open() : store) {
            AtomicBoolean done = new AtomicBoolean();
            Callable<Void> holder = () -> {
                for (int i = 0; i < 120 && !done.get(); i++) {
                    FencingToken mine = store.lastToken().orElse(TOKEN);
                    try {
                        store.append(mine, events(0, 2));
                    } catch (StoreException e) {
                        assertEquals(ErrorCode.STORE_STALE_TOKEN, e.code());
                    }
                }
                return null;
            };
            List<Future<Void>> holders = List.of(pool.submit(holder), pool.submit(holder));
            try {
                for (int i = 0; i < grants; i++) {
                    store.append(granting.grant(TOKEN), events(2, 1));
                }
            } finally {
                done.set(true);
            }
            for (Future<Void> each : holders) {
                each.get();
            }
            long highest = 0;
            for (StoredEvent event : store.read(EventQuery.all())) {
                long token = event.token().value();
                assertTrue(token >= highest, "event " + event.sequence() + " came with token " + token + " when " + highest + " had been granted");
                highest = token;
            }
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        }
    }
}
