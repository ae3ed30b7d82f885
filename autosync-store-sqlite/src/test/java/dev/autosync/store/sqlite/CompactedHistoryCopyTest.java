package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import dev.autosync.store.json.JsonStoreFactory;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SampleEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the JSON store to this one and back, after events were removed. */
class CompactedHistoryCopyTest {
    private static final FencingToken TOKEN = new FencingToken(99);

    @TempDir
    Path temp;

    @Test
    void aCompactedHistoryComesBackEqualFromJsonToSqliteToJson() throws Exception {
        try (Store json = json("json"); Store sqlite = open(temp.resolve("sqlite")); Store back = json("back")) {
            HistoryCopyTest.fill(json);
            List<StoredEvent> all = json.read(EventQuery.all());
            compactHalf(json, all);

            StoreCopy there = Stores.copy(json, sqlite);
            StoreCopy andBack = Stores.copy(sqlite, back);

            assertThat(andBack).as("count and SHA-256").isEqualTo(there);
            assertThat(there.events()).isBetween(1L, all.size() - 1L);
            assertEqual(json, sqlite);
            assertEqual(json, back);
            assertThat(maintenance(back).hours()).as("to the bit").isEqualTo(maintenance(json).hours());
            assertThat(back.rollup(RollupQuery.of("phase")).stream().mapToLong(rollup -> rollup.count()).sum()).as("removed ones are counted")
                    .isEqualTo(all.stream().filter(event -> event.event().kind().equals("phase")).count());
        }
    }

    @Test
    void whatTheSourceGetsLaterIsAppendedUntilMoreIsRemoved() throws Exception {
        try (Store json = json("json"); Store sqlite = open(temp.resolve("sqlite")); Store back = json("back")) {
            HistoryCopyTest.fill(json);
            compactHalf(json, json.read(EventQuery.all()));
            Stores.copy(json, sqlite);
            sqlite.append(TOKEN, SampleEvents.ordinary(7, 30));
            Stores.copy(sqlite, back);
            sqlite.append(TOKEN, SampleEvents.ordinary(8, 30));
            assertThat(Stores.copy(sqlite, back).copied()).isEqualTo(30);
            assertEqual(sqlite, back);

            List<StoredEvent> all = sqlite.read(EventQuery.all());
            maintenance(sqlite).compact(TOKEN, Retention.dropping(Instant.parse("2100-01-01T00:00:00Z"), kinds(all)));
            assertThatThrownBy(() -> Stores.copy(sqlite, back)).isInstanceOf(StoreException.class).hasMessageContaining("Nothing was written");
            assertThat(back.read(EventQuery.all())).isEqualTo(all);
        }
    }

    private static void assertEqual(Store one, Store other) throws InterruptedException {
        assertThat(other.read(EventQuery.all())).isEqualTo(one.read(EventQuery.all()));
        assertThat(maintenance(other).compactedUpTo()).isEqualTo(maintenance(one).compactedUpTo()).isPositive();
        assertThat(hours(other)).containsExactlyInAnyOrderElementsOf(hours(one));
        assertThat(maintenance(other).check().problems()).isEmpty();
    }

    /** All rollups but their sums, which among such numbers depend on who is added to whom first. */
    private static List<String> hours(Store store) {
        return maintenance(store).hours().stream().map(hour -> hour.kind() + hour.number() + hour.rollup().start() + " " + hour.rollup().count()
                + " from " + hour.rollup().min() + " to " + hour.rollup().max()).toList();
    }

    /** Removes the events of all kinds from before the middle one. */
    private static void compactHalf(Store store, List<StoredEvent> all) throws InterruptedException {
        Instant middle = all.stream().map(event -> event.event().at()).sorted().toList().get(all.size() / 2);
        assertThat(maintenance(store).compact(TOKEN, Retention.dropping(middle, kinds(all))).removed()).isPositive();
    }

    private static Set<String> kinds(List<StoredEvent> all) {
        return all.stream().map(StoredEvent::event).map(Event::kind).collect(Collectors.toSet());
    }

    private static StoreMaintenance maintenance(Store store) {
        return store.maintenance().orElseThrow();
    }

    private Store json(String name) {
        return new JsonStoreFactory().open(temp.resolve(name), MapSettings.of(Map.of("segmentBytes", 1 << 16)));
    }
}
