package dev.autosync.core.trend;

import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Series;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A cycle as the history has it.
 *
 * @param position its number among those that are looked at, from 0
 * @param end its {@code cycle} event, the last one if there are several
 * @param runs its runs of the tests, in their order
 * @param kpis its {@code kpi} events
 */
record RecordedCycle(int position, StoredEvent end, List<RecordedRun> runs, List<StoredEvent> kpis) {

    RecordedCycle {
        runs = List.copyOf(runs);
        kpis = List.copyOf(kpis);
    }

    boolean green() {
        return end.event().subject().equals("green");
    }

    /** Whether it ended early, so that its figures are not those of a cycle. */
    boolean failed() {
        return end.event().subject().equals("failed");
    }

    /** A figure of the cycle as a whole. */
    OptionalDouble number(String name) {
        Double number = end.event().numbers().get(name);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** A point of a series. */
    Series.Point point(StoredEvent source, double value) {
        return Series.Point.of(position, end.event().cycle(), source.sequence(), source.event().at(), value);
    }
}
