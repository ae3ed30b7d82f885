package dev.autosync.core.trend;

import dev.autosync.trend.FlakyTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the tests that both failed and passed on the same content, in whichever cycles.
 *
 * <p>Nothing else makes a test flaky: not a failure that a later content does not have, which may be a bug that was mended or a patch that was
 * taken out. What is not known is no evidence: a run without content hash, one whose verdict is neither green nor red, a pass in a run whose
 * failures were not all recorded or that had another number of tests.
 *
 * <p>Cost: in proportion to the failures that were recorded, and to the evidence that is found.
 */
final class FlakySearch {
    private final Map<String, Tally> flaky = new HashMap<>();

    private FlakySearch() {}

    /** The runs that speak for or against a test. */
    private static final class Tally {
        final List<Long> evidence = new ArrayList<>();
        int failures;
    }

    /** The flaky tests, those that fail most often first. */
    static List<FlakyTest> in(List<RecordedCycle> cycles) {
        Map<String, List<RecordedRun>> byContent = cycles.stream().flatMap(cycle -> cycle.runs().stream())
                .filter(run -> run.judges() && !run.content().isEmpty())
                .collect(Collectors.groupingBy(RecordedRun::content, LinkedHashMap::new, Collectors.toList()));
        FlakySearch search = new FlakySearch();
        byContent.values().stream().filter(runs -> runs.size() > 1).forEach(search::compare);
        return search.flaky.entrySet().stream()
                .map(test -> FlakyTest.of(test.getKey(), test.getValue().evidence.size(), test.getValue().failures,
                        test.getValue().evidence.stream().sorted().toList()))
                .sorted(Comparator.comparingDouble(FlakyTest::failureRate01).reversed().thenComparing(FlakyTest::id)).toList();
    }

    /** Takes in runs of one content. */
    private void compare(List<RecordedRun> runs) {
        Map<String, List<RecordedRun>> failed = new HashMap<>();
        for (RecordedRun run : runs) {
            run.failures().forEach(test -> failed.computeIfAbsent(test, id -> new ArrayList<>()).add(run));
        }
        failed.forEach((test, failures) -> {
            List<RecordedRun> passes = failures.size() == runs.size() ? List.of() : passes(test, runs, failures);
            if (!passes.isEmpty()) {
                Tally tally = flaky.computeIfAbsent(test, id -> new Tally());
                tally.failures += failures.size();
                failures.forEach(run -> tally.evidence.add(run.event().sequence()));
                passes.forEach(run -> tally.evidence.add(run.event().sequence()));
            }
        });
    }

    private static List<RecordedRun> passes(String test, List<RecordedRun> runs, List<RecordedRun> failures) {
        Set<Double> sizes = new HashSet<>();
        failures.forEach(run -> sizes.add(run.tests()));
        List<RecordedRun> passes = new ArrayList<>();
        for (RecordedRun run : runs) {
            if (run.complete() && sizes.contains(run.tests()) && !run.failures().contains(test) && !run.skipped().contains(test)) {
                passes.add(run);
            }
        }
        return passes;
    }
}
