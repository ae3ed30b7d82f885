package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the runs of several suites say together. Threads: no state. */
final class CombinedRun {
    private static final int MOST_REASON_CHARS = 1_000;
    private static final int MOST_OUTPUT_CHARS = 16_000;
    /* What is evidence about the tree goes before what is none. */
    private static final List<Verdict> WORST_FIRST = List.of(Verdict.RED, Verdict.BROKEN_REPORT, Verdict.STALE_REPORT, Verdict.NO_TESTS, Verdict.CRASHED,
            Verdict.NOT_RUN, Verdict.GREEN);

    private CombinedRun() {}

    /**
     * One run of several.
     *
     * @param runs by the suites' names
     * @param left suites that did not run to their end, since another one ended the run
     */
    static TestRun of(Map<String, TestRun> runs, List<String> left, Duration duration) {
        List<TestResult> results = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        List<String> reasons = new ArrayList<>();
        Map<String, String> seeds = new TreeMap<>();
        Verdict worst = Verdict.GREEN;
        for (Map.Entry<String, TestRun> entry : runs.entrySet()) {
            String name = entry.getKey();
            TestRun run = entry.getValue();
            add(results, name, run);
            run.seeds().forEach((key, seed) -> seeds.put(CombinedIds.of(name, key), seed));
            if (!run.output().isBlank()) {
                output.append("== ").append(name).append(" ==\n").append(Untrusted.block(run.output(), MOST_OUTPUT_CHARS / runs.size())).append('\n');
            }
            if (!run.green()) {
                reasons.add(name + ": " + run.reason());
            }
            worst = worse(worst, run.verdict());
        }
        if (runs.isEmpty()) {
            return TestRun.of(Verdict.NO_TESTS, "There is no suite", List.of(), duration);
        }
        String reason = worst == Verdict.GREEN ? results.size() + " tests in " + runs.size() + " suites, none failed"
                : String.join("; ", reasons) + (left.isEmpty() ? "" : "; not run to their end: " + String.join(", ", left));
        TestRun run = TestRun.of(worst, Untrusted.line(reason, MOST_REASON_CHARS), results, duration).output(output.toString()).seeds(seeds);
        boolean complete = left.isEmpty() && runs.values().stream().allMatch(TestRun::complete);
        return complete ? run : run.incomplete();
    }

    private static void add(List<TestResult> results, String name, TestRun run) {
        run.results().forEach(result -> results.add(TestResult.of(CombinedIds.of(name, result.id()), result.status(), result.duration(), result.message())
                .withAttempts(result.attempts())));
        if (run.verdict() == Verdict.RED && run.failures().isEmpty()) {
            results.add(TestResult.of(name, Status.FAILED, run.duration(), run.reason()));
        } else if (run.green() && run.results().isEmpty()) {
            results.add(TestResult.of(name, Status.PASSED, run.duration(), ""));
        }
    }

    private static Verdict worse(Verdict a, Verdict b) {
        return List.of(a, b).stream().min(Comparator.comparingInt(WORST_FIRST::indexOf)).orElseThrow();
    }
}
