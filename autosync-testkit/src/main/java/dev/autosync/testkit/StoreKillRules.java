package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is there when the process that wrote was killed. */
abstract class StoreKillRules extends StoreBackupRules {
    private static final int KILLS = 4;
    private static final long SEED = 20261126;

    @Test
    @StoreRule("7.1")
    @Timeout(120)
    void holdsAllThatAProcessAcknowledgedBeforeItWasKilledAndTheRestWholeOrNotAtAll() throws Exception {
        assumeTrue(persistent() && survivesKills());
        Random random = new Random(SEED);
        List<StoredEvent> expected = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            String which = "kill " + kill + " of seed " + SEED;
            StoreProcess.Turns turns;
            try (StoreProcess process = StoreProcess.start(this, directory.resolve("errors"), folder(), "append", kill)) {
                turns = process.killIn(3 + random.nextInt(15), moment(kill, random));
            }
            FencingToken token = turns.token();
            int acknowledged = turns.ended();
            List<StoredEvent> without = with(expected, token, kill, 0, acknowledged);
            List<StoredEvent> with = with(without, token, kill, acknowledged, acknowledged + 1);
            try (Store store = open()) {
                List<StoredEvent> found = store.read(EventQuery.all());
                assertTrue(found.equals(without) || found.equals(with), () -> which + ": " + acknowledged + " appends were acknowledged, which makes "
                        + without.size() + " events, or " + with.size() + " with the next append; found " + found.size()
                        + (found.size() == without.size() || found.size() == with.size() ? ", but not the same" : ""));
                expected = new ArrayList<>(found);
                assertRollsUp(store, found.stream().map(StoredEvent::event).toList(), which);
                if (remembersGrants()) {
                    StoreException thrown = assertThrows(StoreException.class, () -> store.append(new FencingToken(token.value() - 1), List.of()), which);
                    assertEquals(ErrorCode.STORE_STALE_TOKEN, thrown.code());
                }
                FencingToken next = store.grant(token);
                assertEquals(found.size() + 2, store.append(next, events(0, 2)), which);
                expected.addAll(stored(next, found.size() + 1, events(0, 2)));
                assertEquals(expected, store.read(EventQuery.all()), which);
            }
        }
    }

    @Test
    @StoreRule("7.2")
    @Timeout(120)
    void hasAllThatItWasToKeepWhenTheProcessThatCompactedWasKilled() throws Exception {
        assumeTrue(persistent() && survivesKills() && maintained());
        List<Event> events = IntStream.range(0, 240).mapToObj(i -> Event.of("cycle", i % 5 == 0 ? "other" : "kind", "subject",
                StoreProcess.DAY_ONE.plus(Duration.ofHours(3L * i)), Map.of("n", (double) i), "\"" + "x".repeat(100) + "\"")).toList();
        try (Store store = open()) {
            store.append(new FencingToken(1), events);
        }
        List<StoredEvent> all = stored(new FencingToken(1), 1, events);
        Random random = new Random(SEED);
        int done = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String which = "kill " + kill + " of seed " + SEED;
            StoreProcess.Turns turns;
            try (StoreProcess process = StoreProcess.start(this, directory.resolve("errors"), folder(), "compact", done + 1)) {
                turns = process.killIn(3 + random.nextInt(3), moment(kill, random));
            }
            int last = done + turns.ended();
            try (Store store = open()) {
                List<StoredEvent> found = store.read(EventQuery.all());
                List<StoredEvent> before = keptUntil(all, last);
                List<StoredEvent> after = keptUntil(all, done + turns.begun());
                assertTrue(found.containsAll(after) && before.containsAll(found) && found.size() == new HashSet<>(found).size(),
                        () -> which + ": expected " + after.size() + " to " + before.size() + " events, found " + found.size());
                assertRollsUp(store, events, which);
                assertEquals(List.of(), maintenance(store).check().problems(), which);
                done = found.equals(after) ? done + turns.begun() : last;
            }
        }
    }

    /** Each kill falls into a part of the append that is its own. */
    private static double moment(int kill, Random random) {
        return (kill - random.nextDouble()) / KILLS;
    }

    /** With the batches of a process from one turn to another behind. */
    private static List<StoredEvent> with(List<StoredEvent> before, FencingToken token, long seed, int from, int to) {
        List<Event> added = IntStream.range(from, to).mapToObj(i -> StoreProcess.batch(seed, i)).flatMap(List::stream).toList();
        return Stream.concat(before.stream(), stored(token, before.size() + 1, added).stream()).toList();
    }

    private static List<StoredEvent> keptUntil(List<StoredEvent> all, int day) {
        Instant before = StoreProcess.untilDay(day).before();
        return all.stream().filter(event -> event.sequence() == all.size() || !event.event().kind().equals("kind")
                || !event.event().at().isBefore(before)).toList();
    }
}
