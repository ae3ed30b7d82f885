package dev.autosync.core.trend;

import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In how many runs of each cycle a test failed: a series for each of the tests that failed most. */
final class FailureSeries {
    private static final int MOST = 50;

    private FailureSeries() {}

    static List<Series> of(List<RecordedCycle> cycles) {
        Map<String, Integer> failures = new HashMap<>();
        cycles.forEach(cycle -> cycle.runs().stream().filter(RecordedRun::judges)
                .forEach(run -> run.failures().forEach(test -> failures.merge(test, 1, Integer::sum))));
        return failures.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST).map(Map.Entry::getKey).map(test -> series(test, cycles)).toList();
    }

    private static Series series(String test, List<RecordedCycle> cycles) {
        List<Series.Point> points = new ArrayList<>();
        cycles.forEach(cycle -> point(test, cycle).ifPresent(points::add));
        return Series.of("failures:" + test, "", Kpi.Direction.DOWN, points);
    }

    /** None where no run judged, and where the test may have failed without being recorded. */
    private static Optional<Series.Point> point(String test, RecordedCycle cycle) {
        int failures = 0;
        boolean sure = true;
        RecordedRun last = null;
        for (RecordedRun run : cycle.runs()) {
            if (run.judges()) {
                last = run;
                boolean failed = run.failures().contains(test);
                failures += failed ? 1 : 0;
                sure &= failed || run.complete();
            }
        }
        return last == null || !sure ? Optional.empty() : Optional.of(cycle.point(last.event(), failures));
    }
}
