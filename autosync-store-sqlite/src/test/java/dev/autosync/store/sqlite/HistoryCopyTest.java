package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.store.json.JsonStoreFactory;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SampleEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the JSON store to this one and back. */
class HistoryCopyTest {
    @TempDir
    Path temp;

    @Test
    void aHistoryComesBackEqualFromJsonToSqliteToJson() throws Exception {
        try (Store json = json("json"); Store sqlite = open(temp.resolve("sqlite")); Store back = json("back")) {
            fill(json);
            StoreCopy there = Stores.copy(json, sqlite);
            StoreCopy andBack = Stores.copy(sqlite, back);

            List<StoredEvent> all = json.read(EventQuery.all());
            assertThat(sqlite.read(EventQuery.all())).isEqualTo(all);
            assertThat(back.read(EventQuery.all())).isEqualTo(all);
            assertThat(there.events()).isEqualTo(all.size()).isEqualTo(there.copied());
            assertThat(andBack).isEqualTo(there);
            assertThat(sqlite.lastToken()).isEqualTo(back.lastToken()).isEqualTo(json.lastToken());
        }
    }

    @Test
    void bothStoresMayLieInOneFolder() throws Exception {
        try (Store json = json("store"); Store sqlite = open(temp.resolve("store"))) {
            fill(json);
            assertThat(Stores.copy(json, sqlite).copied()).isPositive();
        }
        try (Store json = json("store"); Store sqlite = open(temp.resolve("store"))) {
            assertThat(sqlite.read(EventQuery.all())).isEqualTo(json.read(EventQuery.all()));
        }
    }

    @Test
    void aCopyThatDiedIsRepeatedWithTheSameResult() throws Exception {
        try (Store json = json("json"); Store whole = open(temp.resolve("whole"))) {
            fill(json);
            StoreCopy once = Stores.copy(json, whole);
            for (int appends = 0; appends < 9; appends += 4) {
                Path directory = temp.resolve("died-" + appends);
                try (Store sqlite = open(directory)) {
                    Store dying = new DyingStore(sqlite, appends);
                    assertThatThrownBy(() -> Stores.copy(json, dying)).isInstanceOf(StoreException.class).hasMessageContaining("killed");
                }
                try (Store sqlite = open(directory)) {
                    StoreCopy rest = Stores.copy(json, sqlite);
                    assertThat(rest.sha256()).isEqualTo(once.sha256());
                    assertThat(rest.events()).isEqualTo(once.events());
                    assertThat(rest.copied()).isLessThanOrEqualTo(once.events());
                    assertThat(sqlite.read(EventQuery.all())).isEqualTo(whole.read(EventQuery.all()));
                }
            }
        }
    }

    @Test
    @Timeout(120)
    void aCopyWhoseProcessWasKilledIsRepeatedWithTheSameResult() throws Exception {
        try (Store source = open(temp.resolve("source"))) {
            fill(source);
            for (int kill = 0; kill < 3; kill++) {
                Path directory = temp.resolve("killed-" + kill);
                try (Child child = Child.start(temp.resolve("errors"), List.of(), Copier.class, temp.resolve("source"), directory)) {
                    for (int i = 0; i <= kill; i++) {
                        assertThat(child.line()).isEqualTo("appending");
                    }
                    child.kill();
                    child.exit();
                }
                try (Store target = open(directory)) {
                    StoreCopy rest = Stores.copy(source, target);
                    assertThat(rest.copied()).as("less than all once a page had been written").isLessThanOrEqualTo(rest.events());
                    assertThat(target.read(EventQuery.all())).isEqualTo(source.read(EventQuery.all()));
                }
            }
        }
    }

    @Test
    void aTargetWithAnotherHistoryIsRefused() throws Exception {
        try (Store json = json("json"); Store sqlite = open(temp.resolve("sqlite"))) {
            fill(json);
            sqlite.append(new FencingToken(1), SampleEvents.ordinary(9, 3));
            assertThatThrownBy(() -> Stores.copy(json, sqlite)).isInstanceOfSatisfying(StoreException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED)).hasMessageContaining("at event 1. Nothing was written");
            assertThat(sqlite.read(EventQuery.all())).hasSize(3);
        }
    }

    /** Some thousands of events, ordinary ones and hostile ones, of several tokens. */
    static void fill(Store store) {
        List<Event> events = new ArrayList<>(SampleEvents.ordinary(1, 4000));
        events.addAll(2000, SampleEvents.hostile(2, 1500));
        for (int i = 0; i < events.size(); i += 55) {
            store.append(new FencingToken(1 + i / 700), events.subList(i, Math.min(events.size(), i + 55)));
        }
    }

    private Store json(String name) {
        return new JsonStoreFactory().open(temp.resolve(name), MapSettings.of(Map.of("segmentBytes", 1 << 16)));
    }

    /** Fails when it has appended so many times. */
    static class DyingStore implements Store {
        private final Store kept;
        private int left;

        DyingStore(Store kept, int left) {
            this.kept = kept;
            this.left = left;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            if (left == 0) {
                throw new StoreException(ErrorCode.STORE_FAILED, "killed", null);
            }
            left--;
            return kept.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            return kept.read(query);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return kept.lastToken();
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
