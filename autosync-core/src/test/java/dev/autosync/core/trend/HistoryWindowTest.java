package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistoryWindowTest {

    @Property
    void holdsWhatAFullReadGivesWheneverItWasRefreshed(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int cycles) {
        History history = new History();
        HistoryWindow window = new HistoryWindow(cycles);
        for (int step : steps) {
            switch (step) {
                case 0, 1 -> history.green();
                case 2 -> history.failed();
                case 3 -> history.run("a", "t").green();
                case 4 -> history.run("b").flush();
                case 5 -> history.late(1, "phase", "report");
                case 6 -> history.late(3, "publish", "remote");
                case 7 -> history.end("green", Map.of()).late(0, "cycle", "failed");
                default -> {
                    window.refresh(history.store);
                    assertThat(window.events()).isEqualTo(LatestEvents.ofCycles(history.events(), cycles));
                }
            }
        }
        window.refresh(history.store);
        HistoryWindow fresh = new HistoryWindow(cycles);
        fresh.refresh(history.store);
        assertThat(window.events()).isEqualTo(fresh.events()).isEqualTo(LatestEvents.ofCycles(history.events(), cycles));
    }

    @Test
    void holdsWhatWasAppendedUnderACyclesNameAfterItsEnd() {
        History history = new History().green().late(0, "phase", "report").green().late(1, "publish", "remote").late(0, "publish", "remote");

        assertThat(window(history, 2)).hasSize(5);
        assertThat(window(history, 1)).extracting(stored -> stored.event().cycle() + " " + stored.event().kind())
                .containsExactly("c1 cycle", "c1 publish");
    }

    @Test
    void holdsNothingOfACycleThatHasNotEnded() {
        History history = new History().green().run("a").flush();
        HistoryWindow window = new HistoryWindow(5);
        window.refresh(history.store);
        assertThat(window.events()).hasSize(1);

        history.green();
        window.refresh(history.store);
        assertThat(window.events()).hasSize(3);
    }

    @Test
    void readsOnlyTheEventsOfTheLatestCyclesAndThenOnlyWhatIsNew() {
        History history = new History();
        for (int i = 0; i < 100; i++) {
            history.run("a").green();
        }
        CountingStore store = new CountingStore(history.store);
        HistoryWindow window = new HistoryWindow(5);

        window.refresh(store);
        assertThat(store.eventsRead).isEqualTo(6 + 10);

        history.run("a").green();
        window.refresh(store);
        assertThat(store.eventsRead).isEqualTo(16 + 1 + 2);

        window.refresh(store);
        assertThat(store.eventsRead).isEqualTo(19);
        assertThat(window.events()).hasSize(10);
    }

    @Test
    void survivesAReadThatFails() {
        History history = new History().green().green().green();
        CountingStore store = new CountingStore(history.store);
        store.failAt = 2;
        HistoryWindow window = new HistoryWindow(2);

        assertThatThrownBy(() -> window.refresh(store)).isInstanceOf(StoreException.class);
        window.refresh(store);

        assertThat(window.events()).isEqualTo(window(history, 2)).hasSize(2);
    }

    private static List<StoredEvent> window(History history, int cycles) {
        HistoryWindow window = new HistoryWindow(cycles);
        window.refresh(history.store);
        return window.events();
    }

    /** Counts what is read from another store, and lets one read fail. */
    private static final class CountingStore implements Store {
        private final Store store;
        int eventsRead;
        int reads;
        int failAt;

        CountingStore(Store store) {
            this.store = store;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            return store.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            if (++reads == failAt) {
                throw new StoreException(ErrorCode.STORE_FAILED, "cannot read", null);
            }
            List<StoredEvent> events = store.read(query);
            eventsRead += events.size();
            return events;
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return store.lastToken();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
