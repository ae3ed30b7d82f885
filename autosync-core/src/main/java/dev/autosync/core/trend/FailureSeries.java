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

    /**
     * The failures of a cycle in which a run judged tests.
     *
     * @param last the last such run
     * @param counts in how many of these runs each test failed; tests that did not are not in it
     * @param cut those of them whose failures were not all recorded
     */
    private record Failures(RecordedCycle cycle, RecordedRun last, Map<String, Integer> counts, List<RecordedRun> cut) {

        static Optional<Failures> of(RecordedCycle cycle) {
            List<RecordedRun> runs = cycle.runs().stream().filter(RecordedRun::judges).toList();
            if (runs.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Integer> counts = new HashMap<>();
            runs.forEach(run -> run.failures().forEach(test -> counts.merge(test, 1, Integer::sum)));
            return Optional.of(new Failures(cycle, runs.get(runs.size() - 1), counts, runs.stream().filter(run -> !run.complete()).toList()));
        }

        /** None where the test may have failed without being recorded. */
        Optional<Series.Point> point(String test) {
            boolean sure = cut.isEmpty() || cut.stream().allMatch(run -> run.failures().contains(test));
            return sure ? Optional.of(cycle.point(last.event(), counts.getOrDefault(test, 0))) : Optional.empty();
        }
    }

    static List<Series> of(List<RecordedCycle> cycles) {
        List<Failures> all = cycles.stream().map(Failures::of).flatMap(Optional::stream).toList();
        Map<String, Integer> sums = new HashMap<>();
        all.forEach(cycle -> cycle.counts().forEach((test, count) -> sums.merge(test, count, Integer::sum)));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST).map(Map.Entry::getKey).map(test -> series(test, all)).toList();
    }

    private static Series series(String test, List<Failures> cycles) {
        List<Series.Point> points = new ArrayList<>();
        cycles.forEach(cycle -> cycle.point(test).ifPresent(points::add));
        return Series.of("failures:" + test, "", Kpi.Direction.DOWN, points);
    }
}
