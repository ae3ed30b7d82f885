package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.InMemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever reads while the history moves does not notice. */
class CurrentStoreTest {
    private static final List<Event> EVENTS = List.of(Event.of("c", "k", "s", Instant.EPOCH, Map.of(), "{}"));

    @Test
    void aReadThatMeetsTheOldStoreClosedIsPutToTheNewOne() {
        for (String asked : List.of("read", "rollup", "lastToken")) {
            InMemoryStore next = new InMemoryStore();
            next.append(new FencingToken(1), EVENTS);
            CurrentStore[] current = new CurrentStore[1];
            current[0] = new CurrentStore("old", new Moving(() -> current[0].replace("new", next)));
            switch (asked) {
                case "read" -> assertThat(current[0].read(EventQuery.all())).hasSize(1);
                case "rollup" -> assertThat(current[0].rollup(RollupQuery.of("k"))).hasSize(1);
                default -> assertThat(current[0].lastToken()).contains(new FencingToken(1));
            }
            assertThat(current[0].name()).isEqualTo("new");
        }
    }

    @Test
    void aReadThatFailsWhileNothingMovesFails() {
        CurrentStore current = new CurrentStore("old", new Moving(() -> { }));
        current.close();
        assertThatThrownBy(() -> current.read(EventQuery.all())).isInstanceOf(StoreException.class);
    }

    /** Moves the history just when it is asked something. */
    private static final class Moving implements Store {
        private final InMemoryStore kept = new InMemoryStore();
        private final Runnable move;

        Moving(Runnable move) {
            this.move = move;
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            return kept.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            move.run();
            return kept.read(query);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            move.run();
            return kept.lastToken();
        }

        @Override
        public void close() {
            kept.close();
        }
    }
}
