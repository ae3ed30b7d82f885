package dev.autosync.core.gate;

import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs let patches land: the green ones and, where a red baseline is to be lived with, those in which nothing fails that did not fail
 * before. Threads: immutable.
 */
final class Judge {
    private static final int MOST_NAMED = 20;
    private static final int MOST_NAME = 80;

    private final boolean baselineEnded;
    private final Set<String> failedBefore = new HashSet<>();
    private final Set<String> passedBefore = new HashSet<>();

    /**
     * A judge for a batch.
     *
     * @param baseline what the tests say of the tree before any patch
     */
    Judge(TestPolicy policy, TestRun baseline) {
        baselineEnded = baseline.verdict().evidence();
        if (policy.redBaseline() == TestPolicy.RedBaseline.NO_NEW_FAILURES && baseline.verdict() == Verdict.RED) {
            for (TestResult test : baseline.results()) {
                if (test.status() == Status.FAILED) {
                    failedBefore.add(test.id());
                } else if (test.status() == Status.PASSED) {
                    passedBefore.add(test.id());
                }
            }
        }
    }

    /** How many tests failed before any patch and are not held against one. */
    int tolerated() {
        return failedBefore.size();
    }

    /** Whether patches may land on a run of all tests. */
    boolean passes(TestRun run) {
        if (run.green() || failedBefore.isEmpty() || run.verdict() != Verdict.RED || run.failures().isEmpty() || !run.complete()) {
            return run.green();
        }
        // A run that was broken off says nothing of the tests that are missing in it.
        Set<String> missing = new HashSet<>(passedBefore);
        for (TestResult test : run.results()) {
            if (test.status() == Status.FAILED && !failedBefore.contains(test.id())) {
                return false;
            }
            if (test.status() == Status.PASSED) {
                missing.remove(test.id());
            }
        }
        return missing.isEmpty();
    }

    /** Says of a run that is no evidence with which patches it was made, so that somebody can look at them. */
    String couldNotRun(BatchRun run) {
        return "the tests could not be run with " + names(run.patches()) + ": " + run.run().reason() + (run.run().verdict() != Verdict.CRASHED ? ""
                : ". A crash convicts nobody" + (baselineEnded ? ", though without patches the tests ran to their end" : "")
                        + "; give these patches one at a time to see with which it comes");
    }

    /** Names of tests or patches for a reason: the first few, each cut if it is long. */
    static String names(Collection<String> all) {
        return all.stream().limit(MOST_NAMED).map(name -> Untrusted.line(name, MOST_NAME)).collect(Collectors.joining(", "))
                + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
    }

    /** A run as it counts: without the failures that were there before any patch. */
    BatchRun seen(BatchRun run) {
        TestRun tests = run.run();
        if (failedBefore.isEmpty() || tests.verdict() != Verdict.RED) {
            return run;
        }
        List<TestResult> news = tests.results().stream()
                .filter(test -> test.status() != Status.FAILED || !failedBefore.contains(test.id())).toList();
        BatchRun seen = BatchRun.of(run.number(), run.patches(), TestRun.of(passes(tests) ? Verdict.GREEN : Verdict.RED, tests.reason(), news, tests.duration())
                .output(tests.output()).seeds(tests.seeds()));
        return run.isPartial() ? seen.partial() : seen.content(run.content());
    }
}
