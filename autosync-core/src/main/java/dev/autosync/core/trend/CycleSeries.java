package dev.autosync.core.trend;

import dev.autosync.trend.Kpi.Direction;
import dev.autosync.trend.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own figures over cycles. A cycle that failed ended early: it has no figure but that it was no success. A series without any
 * point is left out.
 */
final class CycleSeries {
    private CycleSeries() {}

    static List<Series> of(List<RecordedCycle> cycles) {
        return Stream.of(
                series(cycles, "success", "", Direction.UP, cycle -> atEnd(cycle, OptionalDouble.of(cycle.green() ? 1 : 0))),
                series(cycles, "cycle-seconds", "s", Direction.DOWN, cycle -> whole(cycle, cycle.number("seconds"))),
                series(cycles, "test-seconds", "s", Direction.DOWN, CycleSeries::testSeconds),
                series(cycles, "test-runs", "", null, cycle -> whole(cycle, OptionalDouble.of(cycle.runs().size()))),
                series(cycles, "runs-per-patch", "", Direction.DOWN, CycleSeries::runsPerPatch),
                series(cycles, "lock-wait-seconds", "s", Direction.DOWN, cycle -> whole(cycle, cycle.number("lockWaitSeconds"))),
                series(cycles, "retries", "", Direction.DOWN, cycle -> whole(cycle, cycle.number("retries"))),
                series(cycles, "culprits", "", Direction.DOWN, cycle -> whole(cycle, count(cycle, "blamed"))),
                series(cycles, "landed", "", null, cycle -> whole(cycle, count(cycle, "applied"))))
                .filter(series -> !series.points().isEmpty()).toList();
    }

    private static Series series(List<RecordedCycle> cycles, String name, String unit, @Nullable Direction better,
            Function<RecordedCycle, Optional<Series.Point>> point) {
        return Series.of(name, unit, better, cycles.stream().map(point).flatMap(Optional::stream).toList());
    }

    private static Optional<Series.Point> testSeconds(RecordedCycle cycle) {
        double seconds = cycle.runs().stream().mapToDouble(RecordedRun::seconds).sum();
        if (cycle.runs().isEmpty() || cycle.failed() || !Double.isFinite(seconds)) {
            return Optional.empty();
        }
        return Optional.of(cycle.point(cycle.runs().get(cycle.runs().size() - 1).event(), seconds));
    }

    /** Of patches that were decided: a cycle without any has no value. */
    private static Optional<Series.Point> runsPerPatch(RecordedCycle cycle) {
        double decided = cycle.number("applied").orElse(0) + cycle.number("blamed").orElse(0);
        return decided > 0 ? whole(cycle, OptionalDouble.of(cycle.runs().size() / decided)) : Optional.empty();
    }

    /** A cycle has a number for each outcome that there was. */
    private static OptionalDouble count(RecordedCycle cycle, String outcome) {
        return OptionalDouble.of(cycle.number(outcome).orElse(0));
    }

    private static Optional<Series.Point> whole(RecordedCycle cycle, OptionalDouble value) {
        return cycle.failed() ? Optional.empty() : atEnd(cycle, value);
    }

    private static Optional<Series.Point> atEnd(RecordedCycle cycle, OptionalDouble value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(cycle.point(cycle.end(), value.getAsDouble()));
    }
}
