package dev.autosync.testkit;

import static dev.autosync.testkit.RuleBreach.assertFails;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that break a rule about appends, tokens and reads fail at that rule; {@link FaultyStoresTest} has those with realistic defects. */
class StoreContractTest {
    @TempDir
    Path temp;

    @Test
    void aStoreThatBreaksARuleFails() {
        assertFails(store(BrokenStore::new), StoreContract::keepsItsEventsWhenOpenedAgainIfItIsPersistent);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                return kept.read(query.limit(Integer.MAX_VALUE));
            }
        }), StoreContract::readsOnWhereAnEarlierReadEnded);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                return kept.read(query.limit(query.limit()));
            }
        }), StoreContract::readsTheLatestOfWhatEachCombinationOfConditionsAsksFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                List<StoredEvent> found = new ArrayList<>(kept.read(query));
                if (query.latest()) {
                    Collections.reverse(found);
                }
                return found;
            }
        }), StoreContract::readsTheLatestOfWhatEachCombinationOfConditionsAsksFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(token, events.stream().map(e -> Event.of(e.cycle(), e.kind(), e.subject(), e.at(), e.numbers(),
                        e.payload().replace("\ufffd", "?"))).toList());
            }
        }), StoreContract::givesBackEventsThatAreHardToKeep);
        assertFails(store(BrokenStore::new), StoreContract::showsASecondObjectWhatTheFirstAppendsIfItIsPersistent);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(new FencingToken(Math.max(token.value(), kept.lastToken().map(FencingToken::value).orElse(1L))), events);
            }
        }), StoreContract::refusesAStaleTokenAndAppendsNothing);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                Thread.interrupted();
                return kept.append(token, events);
            }
        }), StoreContract::worksOnAnInterruptedThreadAndLeavesItInterrupted);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                kept.append(token, events.subList(0, 1));
                kept.append(token, List.of(Event.of("another", "k", "s", Instant.EPOCH, Map.of(), "{}")));
                return kept.append(token, events.subList(1, events.size()));
            }
        }), StoreContract::keepsTheEventsOfAnAppendTogetherWhenSeveralThreadsAppend);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public void close() {
                // Forgets that it is closed.
            }
        }), StoreContract::isClosedOnceAndThenRefusesEverythingElse);
    }

    @Test
    void aStoreThatGrantsWronglyFails() {
        // As a store that keeps the default method.
        assertFails(store(ForgetsGrants::new), StoreContract::grantsAHigherTokenEachTimeIfItRemembersGrants,
                StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants,
                StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants,
                StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                return kept.grant(new FencingToken(1));
            }
        }), StoreContract::grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor);
        assertFails(store(() -> new BrokenStore() {
            private long granted;

            @Override
            public synchronized FencingToken grant(FencingToken atLeast) {
                granted = Math.max(atLeast.value(), granted + 1);
                return new FencingToken(granted);
            }
        }), StoreContract::grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return kept.append(new FencingToken(Math.max(token.value(), kept.lastToken().map(FencingToken::value).orElse(1L))), events);
            }
        }), StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                kept.append(granted, List.of(Event.of("cycle", "granted", "s", Instant.EPOCH, Map.of(), "{}")));
                return granted;
            }
        }), StoreContract::appendsNothingWithAGrant);
        // As one that compares with "not above".
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                kept.grant(atLeast);
                return granted;
            }
        }), StoreContract::appendsNothingWithAGrant, StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public Optional<FencingToken> lastToken() {
                return kept.read(EventQuery.all().latest(1)).stream().map(StoredEvent::token).findFirst();
            }
        }), StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants);
        InMemoryStore log = new InMemoryStore();
        assertFails(store(() -> new KeepsGrantsInTheObject(log)), StoreContract::keepsItsGrantsWhenOpenedAgainIfItIsPersistentAndRemembersGrants);
        InMemoryStore another = new InMemoryStore();
        assertFails(store(() -> new KeepsGrantsInTheObject(another)),
                StoreContract::showsASecondObjectWhatTheFirstGrantsIfItIsPersistentAndRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            private final Exchanger<FencingToken> together = new Exchanger<>();

            @Override
            public FencingToken grant(FencingToken atLeast) {
                FencingToken granted = kept.grant(atLeast);
                try {
                    // Two who ask at once get the same.
                    FencingToken other = together.exchange(granted, 100, TimeUnit.MILLISECONDS);
                    return other.compareTo(granted) > 0 ? other : granted;
                } catch (InterruptedException | TimeoutException e) {
                    return granted;
                }
            }
        }), StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                Thread.interrupted();
                return kept.grant(atLeast);
            }
        }), StoreContract::worksOnAnInterruptedThreadAndLeavesItInterrupted);
        assertFails(store(() -> new BrokenStore() {
            @Override
            public FencingToken grant(FencingToken atLeast) {
                try {
                    return kept.grant(atLeast);
                } catch (StoreException e) {
                    return atLeast;
                }
            }
        }), StoreContract::isClosedOnceAndThenRefusesEverythingElse);
    }

    @Test
    void aStoreThatSaysItRemembersNoGrantIsCheckedForThat() throws Exception {
        StoreContract forgets = forgetful(ForgetsGrants::new);
        forgets.grantsATokenAboveAllThatWasAppendedAndNotBelowTheOneAskedFor();
        forgets.grantsAHigherTokenEachTimeIfItRemembersGrants();
        forgets.tellsTheTokenThatItHasGrantedIfItRemembersGrants();
        forgets.appendsNothingWithAGrant();
        forgets.refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants();
        forgets.grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants();
        assertFails(forgetful(InMemoryStore::new), StoreContract::grantsAHigherTokenEachTimeIfItRemembersGrants,
                StoreContract::tellsTheTokenThatItHasGrantedIfItRemembersGrants,
                StoreContract::refusesATokenBelowTheGrantedOneAndAppendsNothingIfItRemembersGrants,
                StoreContract::grantsEachTokenOnceWhenSeveralThreadsAskIfItRemembersGrants);
    }

    private StoreContract forgetful(Supplier<Store> stores) {
        StoreContract contract = new StoreContract() {
            @Override
            protected Store open(Path directory) {
                return stores.get();
            }

            @Override
            protected boolean remembersGrants() {
                return false;
            }
        };
        contract.directory = temp;
        return contract;
    }

    private StoreContract store(Supplier<Store> stores) {
        StoreContract contract = new StoreContract() {
            @Override
            protected Store open(Path directory) {
                return stores.get();
            }
        };
        contract.directory = temp;
        return contract;
    }

    /** A good store but for what a subclass breaks. */
    private static class BrokenStore extends ForwardingStore {
        BrokenStore() {
            super(new InMemoryStore());
        }
    }

    /** A store as it was before there were grants. */
    private static final class ForgetsGrants extends BrokenStore {
        @Override
        public FencingToken grant(FencingToken atLeast) {
            return new FencingToken(Math.max(atLeast.value(), 1 + kept.lastToken().map(FencingToken::value).orElse(0L)));
        }
    }

    /** Keeps its events where every object sees them, and its grants where no other does. */
    private static final class KeepsGrantsInTheObject extends ForwardingStore {
        private long granted;

        KeepsGrantsInTheObject(InMemoryStore log) {
            super(log);
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            if (token.value() < granted) {
                throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "stale", null);
            }
            return kept.append(token, events);
        }

        @Override
        public FencingToken grant(FencingToken atLeast) {
            granted = Math.max(atLeast.value(), 1 + lastToken().map(FencingToken::value).orElse(0L));
            return new FencingToken(granted);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            long seen = Math.max(granted, kept.lastToken().map(FencingToken::value).orElse(0L));
            return seen == 0 ? Optional.empty() : Optional.of(new FencingToken(seen));
        }

        @Override
        public void close() {
            // The events outlive the object.
        }
    }
}
