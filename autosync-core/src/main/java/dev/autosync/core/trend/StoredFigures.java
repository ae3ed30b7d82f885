package dev.autosync.core.trend;

import dev.autosync.history.Figures;
import dev.autosync.history.RecordedFigure;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One number of the events of a kind.
 *
 * @param events which events
 * @param rollup what they are rolled up by, in pieces of any length; it names a number
 */
record StoredFigures(Store store, EventQuery events, RollupQuery rollup) implements Figures {

    @Override
    public Stream<RecordedFigure> values() {
        String number = rollup.number().orElseThrow();
        return EventPages.stream(store, events).filter(event -> event.event().numbers().containsKey(number))
                .map(event -> Value.of(event, number));
    }

    @Override
    public List<Rollup> per(Resolution resolution) {
        return store.rollup(query(resolution));
    }

    @Override
    public RollupQuery query(Resolution resolution) {
        return rollup.per(resolution);
    }

    private record Value(long sequence, String cycle, Instant at, String subject, double value) implements RecordedFigure {

        static RecordedFigure of(StoredEvent stored, String number) {
            return new Value(stored.sequence(), stored.event().cycle(), stored.event().at(), stored.event().subject(),
                    Objects.requireNonNull(stored.event().numbers().get(number), "only events with the number are asked for"));
        }
    }
}
