package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events a read gives. */
abstract class StoreReadRules extends StoreTokenRules {

    @Test
    @StoreRule("3.1")
    void readsWhatEachCombinationOfConditionsAsksFor() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 12));
            store.append(TOKEN, events(12, 12));
            List<StoredEvent> all = store.read(EventQuery.all());
            for (int conditions = 0; conditions < 64; conditions++) {
                EventQuery query = query(conditions);
                assertEquals(all.stream().filter(query::matches).toList(), store.read(query), "conditions " + conditions);
                assertEquals(all.stream().filter(query::matches).limit(2).toList(), store.read(query.limit(2)),
                        "conditions " + conditions + " with a limit");
            }
        }
    }

    @Test
    @StoreRule("3.2")
    void readsTheLatestOfWhatEachCombinationOfConditionsAsksFor() {
        try (Store store = open()) {
            store.append(TOKEN, events(0, 12));
            store.append(TOKEN, events(12, 12));
            List<StoredEvent> all = store.read(EventQuery.all());
            for (int conditions = 0; conditions < 64; conditions++) {
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
    @StoreRule("3.3")
    void readsTheLatestEventsOfAnEmptyStore() {
        try (Store store = open()) {
            assertEquals(List.of(), store.read(EventQuery.all().latest(1)));
        }
    }

    @Test
    @StoreRule("3.4")
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
    @StoreRule("3.5")
    void findsNothingForNamesThatOnlyLookAlike() {
        try (Store store = open()) {
            store.append(TOKEN, List.of(event("cycle", "kind", "Subject_%"), event("cycle", "kind", "subject' OR '1'='1")));
            assertEquals(List.of(), store.read(EventQuery.all().subject("subject_%")));
            assertEquals(List.of(), store.read(EventQuery.all().subject("%")));
            assertEquals(1, store.read(EventQuery.all().subject("Subject_%")).size());
            assertEquals(1, store.read(EventQuery.all().subject("subject' OR '1'='1")).size());
        }
    }

    /** The conditions whose bits are set. */
    private static EventQuery query(int conditions) {
        EventQuery query = EventQuery.all();
        query = (conditions & 1) == 0 ? query : query.cycle("cycle-1");
        query = (conditions & 2) == 0 ? query : query.kind("kind-0");
        query = (conditions & 4) == 0 ? query : query.subject("subject-1");
        query = (conditions & 8) == 0 ? query : query.since(START.plusMillis(3));
        query = (conditions & 16) == 0 ? query : query.until(START.plusMillis(8));
        return (conditions & 32) == 0 ? query : query.after(7);
    }
}
