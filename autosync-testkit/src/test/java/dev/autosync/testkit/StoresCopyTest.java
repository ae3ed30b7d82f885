package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Copying a history between stores in memory; what stores on disk add is tested beside them. */
class StoresCopyTest {
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Store from = new InMemoryStore();
    private final Store to = new InMemoryStore();

    @Test
    void copiesNothingFromAnEmptyStore() throws InterruptedException {
        StoreCopy copy = Stores.copy(from, to);

        assertEquals(0, copy.events());
        assertEquals(0, copy.copied());
        assertEquals(NOTHING, copy.sha256());
    }

    @Test
    void copiesEventsWithTheirSequenceNumbersAndTokens() throws InterruptedException {
        fill(from, 0, 5001);

        StoreCopy copy = Stores.copy(from, to);

        assertEquals(from.read(EventQuery.all()), to.read(EventQuery.all()));
        assertEquals(from.lastToken(), to.lastToken());
        assertEquals(5001, copy.events());
        assertEquals(5001, copy.copied());
        assertEquals("5001 events, 5001 of them copied, SHA-256 " + copy.sha256(), copy.toString());
    }

    @Test
    void takesTheHashOfTheEncodingThatItsPageDescribes() throws Exception {
        from.append(new FencingToken(7), List.of(Event.of("c", "\u00e4", "", Instant.ofEpochSecond(-1, 5), Map.of("b", -0.0, "a", 1.0), "{}")));
        String encoded = "0000000000000001" + "0000000000000007" + "ffffffffffffffff" + "00000005"
                + "00000001" + "63" + "00000002" + "c3a4" + "00000000" + "00000002" + "7b7d"
                + "00000002" + "00000001" + "61" + "3ff0000000000000" + "00000001" + "62" + "8000000000000000";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(encoded));

        assertEquals(HexFormat.of().formatHex(hash), Stores.copy(from, to).sha256());
    }

    @Test
    void goesOnWhereAnEarlierCallEnded() throws InterruptedException {
        fill(from, 0, 5000);
        StoreCopy whole = Stores.copy(from, new InMemoryStore());
        for (int appends = 0; appends < 20; appends++) {
            Store target = new InMemoryStore();
            DyingStore dying = new DyingStore(target, appends);
            try {
                Stores.copy(from, dying);
            } catch (StoreException e) {
                assertEquals(appends, dying.appends, "it dies in the append after these");
            }
            int there = target.read(EventQuery.all()).size();
            StoreCopy rest = Stores.copy(from, target);
            assertEquals(5000 - there, rest.copied());
            assertEquals(whole.sha256(), rest.sha256());
            assertEquals(from.read(EventQuery.all()), target.read(EventQuery.all()));
        }
    }

    @Test
    void copiesNothingTheSecondTime() throws InterruptedException {
        fill(from, 0, 700);
        StoreCopy first = Stores.copy(from, to);
        StoreCopy second = Stores.copy(from, to);

        assertEquals(0, second.copied());
        assertEquals(first.events(), second.events());
        assertEquals(first.sha256(), second.sha256());
    }

    @Test
    void refusesATargetThatDiffersAndWritesNothing() {
        fill(from, 0, 4500);
        List<StoredEvent> same = from.read(EventQuery.all());
        for (int differing : new int[] {1, 2, 1999, 2001, 4500}) {
            Store target = new InMemoryStore();
            same.subList(0, differing - 1).forEach(e -> target.append(e.token(), List.of(e.event())));
            target.append(new FencingToken(99), SampleEvents.ordinary(5, 3));
            List<StoredEvent> before = target.read(EventQuery.all());

            StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, target));

            assertEquals(ErrorCode.STORE_FAILED, thrown.code());
            assertTrue(thrown.getMessage().contains("differs from the source at event " + differing + ". "), thrown.getMessage());
            assertEquals(before, target.read(EventQuery.all()));
        }
    }

    @Test
    void refusesATargetThatDiffersInTheTokenAlone() {
        from.append(new FencingToken(2), SampleEvents.ordinary(1, 1));
        to.append(new FencingToken(1), SampleEvents.ordinary(1, 1));

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, to));

        assertTrue(thrown.getMessage().contains("at event 1"), thrown.getMessage());
    }

    @Test
    void refusesATargetThatHoldsMoreThanTheSource() {
        fill(from, 0, 4);
        fill(to, 0, 5);

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, to));

        assertTrue(thrown.getMessage().contains("at event 5, where the source ends"), thrown.getMessage());
        assertEquals(5, to.read(EventQuery.all()).size());
    }

    @Test
    void leavesWhatTheSourceGetsMeanwhileToTheNextCall() throws InterruptedException {
        fill(from, 0, 4500);
        Store growing = new ForwardingStore(to) {
            @Override
            public long append(FencingToken token, List<Event> events) {
                from.append(new FencingToken(50), SampleEvents.ordinary(3, 7));
                return super.append(token, events);
            }
        };

        StoreCopy copy = Stores.copy(from, growing);

        assertEquals(4500, copy.events());
        assertEquals(4500, to.read(EventQuery.all()).size());
        StoreCopy rest = Stores.copy(from, to);
        assertTrue(rest.copied() > 0);
        assertEquals(from.read(EventQuery.all()), to.read(EventQuery.all()));
    }

    @Test
    void findsOutATargetThatKeepsLessThanItWasGiven() {
        from.append(new FencingToken(1), List.of(Event.of("c", "k", "s", Instant.ofEpochSecond(1, 1), Map.of(), "{}")));
        Store lossy = new ForwardingStore(to) {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return super.append(token, events.stream().map(e -> Event.of(e.cycle(), e.kind(), e.subject(),
                        e.at().truncatedTo(ChronoUnit.MILLIS), e.numbers(), e.payload())).toList());
            }
        };

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, lossy));

        assertTrue(thrown.getMessage().contains("does not read back as it was written"), thrown.getMessage());
    }

    @Test
    void findsOutThatSomebodyElseWritesToTheTarget() {
        fill(from, 0, 4500);
        Store shared = new ForwardingStore(to) {
            @Override
            public long append(FencingToken token, List<Event> events) {
                super.append(token, events);
                return super.append(token, events.subList(0, 1));
            }
        };

        StoreException thrown = assertThrows(StoreException.class, () -> Stores.copy(from, shared));

        assertTrue(thrown.getMessage().contains("somebody else writes to the target"), thrown.getMessage());
    }

    @Test
    void endsBetweenTwoPagesWhenItIsInterruptedAndCanGoOnLater() throws InterruptedException {
        fill(from, 0, 6000);
        Store interrupting = new ForwardingStore(to) {
            @Override
            public long append(FencingToken token, List<Event> events) {
                Thread.currentThread().interrupt();
                return super.append(token, events);
            }
        };

        assertThrows(InterruptedException.class, () -> Stores.copy(from, interrupting));

        assertFalse(Thread.interrupted());
        int there = to.read(EventQuery.all()).size();
        assertTrue(there > 0 && there <= 2000, "one page was written: " + there);
        assertEquals(6000 - there, Stores.copy(from, to).copied());
    }

    @Test
    void holdsNoMoreThanAPageInMemory() throws InterruptedException {
        fill(from, 0, 5000);
        List<Integer> limits = new ArrayList<>();
        Store watched = new ForwardingStore(from) {
            @Override
            public List<StoredEvent> read(EventQuery query) {
                limits.add(query.limit());
                return super.read(query);
            }
        };

        Stores.copy(watched, to);

        assertTrue(limits.stream().allMatch(limit -> limit <= 2000), limits.toString());
    }

    @Test
    void saysHowFarItHasCome() throws InterruptedException {
        fill(from, 0, 4500);
        List<String> reached = new ArrayList<>();
        Stores.copy(from, to, (done, total) -> reached.add(done + " of " + total));
        assertEquals(List.of("0 of 4500", "2000 of 4500", "4000 of 4500", "4500 of 4500"), reached);

        reached.clear();
        fill(from, 4500, 100);
        Stores.copy(from, to, (done, total) -> reached.add(done + " of " + total));
        assertEquals(List.of("4500 of 4600", "4600 of 4600"), reached);
    }

    @Test
    void endsWhereTheOneWhoIsToldThrowsAndCanGoOnLater() throws InterruptedException {
        fill(from, 0, 4500);
        assertThrows(IllegalStateException.class, () -> Stores.copy(from, to, (done, total) -> {
            if (done > 0) {
                throw new IllegalStateException("enough");
            }
        }));
        assertEquals(2000, to.read(EventQuery.all()).size());
        assertEquals(2500, Stores.copy(from, to).copied());
    }

    /** Appends of several tokens and sizes, deterministic by index. */
    static void fill(Store store, int from, int count) {
        List<Event> events = SampleEvents.ordinary(1, from + count);
        for (int i = from; i < from + count;) {
            int size = Math.min(from + count - i, 1 + i % 40);
            store.append(new FencingToken(1 + i / 400), events.subList(i, i + size));
            i += size;
        }
    }

    /** Fails when it has appended so many times, as a process that is killed there would. */
    private static final class DyingStore extends ForwardingStore {
        private final int enough;
        private int appends;

        DyingStore(Store kept, int enough) {
            super(kept);
            this.enough = enough;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            if (appends == enough) {
                throw new StoreException(ErrorCode.STORE_FAILED, "killed", null);
            }
            appends++;
            return super.append(token, events);
        }
    }
}
