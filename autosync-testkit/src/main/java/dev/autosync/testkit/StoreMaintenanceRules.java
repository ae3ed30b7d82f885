package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a store can do beside keeping events. */
abstract class StoreMaintenanceRules extends StoreRollupRules {
    /** In the middle of what {@link #spread} gives; of the two kinds in it one stays. */
    static final Retention RETENTION = Retention.dropping(Instant.parse("2026-11-25T13:00:00Z"), Set.of("kind-0", "none"));

    @Test
    @StoreRule("6.1")
    void offersMaintenanceIfItSaysSo() {
        try (Store store = open()) {
            assertEquals(maintained(), store.maintenance().isPresent());
        }
    }

    @Test
    @StoreRule("6.2")
    void findsItselfSoundIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        try (Store store = open()) {
            assertEquals(new StoreCheck(0, List.of()), maintenance(store).check());
            fill(store);
            assertEquals(new StoreCheck(120, List.of()), maintenance(store).check());
            assertEquals(0, maintenance(store).compactedUpTo());
            long removed = maintenance(store).compact(TOKEN, RETENTION).removed();
            assertEquals(new StoreCheck(120 - removed, List.of()), maintenance(store).check());
        }
    }

    @Test
    @StoreRule("6.3")
    void removesWhatARetentionDropsAndKeepsNumbersAndRollupsIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        try (Store store = open()) {
            List<StoredEvent> all = fill(store);
            List<StoredEvent> kept = kept(all);
            Compaction compaction = maintenance(store).compact(TOKEN, RETENTION);
            assertEquals(all.size() - kept.size(), compaction.removed());
            assertTrue(compaction.bytesBefore() >= 0 && compaction.bytesAfter() >= 0, compaction::toString);
            assertCompacted(store, all, kept);
            assertEquals(0, maintenance(store).compact(TOKEN, RETENTION).removed(), "nothing is left that is old enough");
            assertCompacted(store, all, kept);
            assertEquals(121, store.append(TOKEN, events(0, 1)));
        }
        try (Store store = open()) {
            if (persistent()) {
                assertEquals(122, store.append(TOKEN, events(1, 1)));
            }
        }
    }

    @Test
    @StoreRule("6.4")
    void isCompactedForEveryObjectAndWhenItIsOpenedAgainIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained() && persistent());
        List<StoredEvent> all;
        try (Store store = open(); Store other = open()) {
            all = fill(store);
            assertEquals(all, other.read(EventQuery.all()));
            maintenance(store).compact(TOKEN, RETENTION);
            assertCompacted(other, all, kept(all));
            assertCompacted(store, all, kept(all));
        }
        try (Store store = open()) {
            assertCompacted(store, all, kept(all));
            List<Event> events = new ArrayList<>(all.stream().map(StoredEvent::event).toList());
            Event late = Event.of("cycle", "kind-0", "subject-0", all.get(0).event().at(), all.get(0).event().numbers(), "{}");
            assertEquals(121, store.append(TOKEN, List.of(late)), "an event of the time that was removed");
            events.add(late);
            assertRollsUp(store, events, "with an event of the time that was removed");
            assertEquals(new StoreCheck(kept(all).size() + 1, List.of()), maintenance(store).check());
        }
    }

    @Test
    @StoreRule("6.5")
    void neverRemovesTheLastEventIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        Retention everything = Retention.dropping(START.plus(Duration.ofDays(9)), Set.of("kind-0", "kind-1"));
        try (Store store = open()) {
            assertEquals(0, maintenance(store).compact(TOKEN, everything).removed());
            store.append(TOKEN, events(0, 6));
            assertEquals(5, maintenance(store).compact(TOKEN, everything).removed());
            assertEquals(List.of(6L), store.read(EventQuery.all()).stream().map(StoredEvent::sequence).toList());
            assertEquals(5, maintenance(store).compactedUpTo());
            assertEquals(7, store.append(TOKEN, events(6, 1)));
            assertEquals(1, maintenance(store).compact(TOKEN, everything).removed());
            assertEquals(stored(TOKEN, 7, events(6, 1)), store.read(EventQuery.all()));
            assertEquals(6, maintenance(store).compactedUpTo());
            assertRollsUp(store, events(0, 7), "with the last event alone");
        }
    }

    @Test
    @StoreRule("6.6")
    void removesNothingUnderAStaleTokenIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        try (Store store = open()) {
            List<StoredEvent> all = fill(store);
            StoreException thrown = assertThrows(StoreException.class, () -> maintenance(store).compact(new FencingToken(4), RETENTION));
            assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
            if (remembersGrants()) {
                store.grant(TOKEN);
                thrown = assertThrows(StoreException.class, () -> maintenance(store).compact(TOKEN, RETENTION));
                assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
            }
            assertEquals(all, store.read(EventQuery.all()));
            assertEquals(0, maintenance(store).compactedUpTo());
        }
    }

    @Test
    @StoreRule("6.7")
    void givesAllRollupsByTheHourIfItIsMaintained() throws InterruptedException {
        assumeTrue(maintained());
        try (Store store = open()) {
            assertEquals(List.of(), maintenance(store).hours());
            ExpectedRollups expected = new ExpectedRollups(fill(store).stream().map(StoredEvent::event).toList());
            ExpectedRollups.assertHours(expected.hours(), maintenance(store).hours(), "hours");
            maintenance(store).compact(TOKEN, RETENTION);
            ExpectedRollups.assertHours(expected.hours(), maintenance(store).hours(), "hours when events were removed");
        }
    }

    @Test
    @StoreRule("6.13")
    void maintainsNothingOnceItIsClosed() {
        assumeTrue(maintained());
        Store store = open();
        StoreMaintenance maintenance = maintenance(store);
        fill(store);
        store.close();
        assertThrows(StoreException.class, maintenance::check);
        assertThrows(StoreException.class, maintenance::compactedUpTo);
        assertThrows(StoreException.class, maintenance::hours);
        assertThrows(StoreException.class, () -> maintenance.compact(TOKEN, RETENTION));
        assertThrows(StoreException.class, () -> maintenance.backup(directory.resolve("closed")));
        assertThrows(StoreException.class, () -> maintenance.restore(history(fillOf(), kept(fillOf()))));
    }

    static StoreMaintenance maintenance(Store store) {
        return store.maintenance().orElseThrow(() -> new AssertionError("the store offers no maintenance"));
    }

    static List<StoredEvent> fill(Store store) {
        List<Event> events = spread(4, 120);
        for (int i = 0; i < events.size(); i += 8) {
            store.append(TOKEN, events.subList(i, i + 8));
        }
        return store.read(EventQuery.all());
    }

    static List<StoredEvent> fillOf() {
        return stored(TOKEN, 1, spread(4, 120));
    }

    static List<StoredEvent> kept(List<StoredEvent> all) {
        Predicate<StoredEvent> last = event -> event.sequence() == all.size();
        return all.stream().filter(last.or(event -> !RETENTION.drops(event.event()))).toList();
    }

    static long compactedUpTo(List<StoredEvent> all, List<StoredEvent> kept) {
        List<Long> left = kept.stream().map(StoredEvent::sequence).toList();
        return LongStream.rangeClosed(1, all.size()).filter(sequence -> !left.contains(sequence)).max().orElse(0);
    }

    static CompactedHistory history(List<StoredEvent> all, List<StoredEvent> kept) {
        return new CompactedHistory(compactedUpTo(all, kept), kept.iterator(), hours(all));
    }

    static List<KindRollup> hours(List<StoredEvent> all) {
        return new ExpectedRollups(all.stream().map(StoredEvent::event).toList()).hours();
    }

    static void assertCompacted(Store store, List<StoredEvent> all, List<StoredEvent> kept) {
        assertEquals(kept, store.read(EventQuery.all()), "what stays keeps its numbers");
        assertEquals(kept.stream().filter(event -> event.sequence() > 40).limit(9).toList(), store.read(EventQuery.all().after(40).limit(9)));
        assertEquals(kept.subList(kept.size() - 5, kept.size()), store.read(EventQuery.all().latest(5)));
        assertEquals(compactedUpTo(all, kept), maintenance(store).compactedUpTo(), "the highest number that was removed");
        assertRollsUp(store, all.stream().map(StoredEvent::event).toList(), "rollups also of what was removed");
        RollupQuery subject = RollupQuery.of("kind-0").subject("subject-1").number("n");
        ExpectedRollups.assertRollups(new ExpectedRollups(kept.stream().map(StoredEvent::event).toList()).of(subject), store.rollup(subject),
                "rollups of a subject are of the events that are there");
    }
}
