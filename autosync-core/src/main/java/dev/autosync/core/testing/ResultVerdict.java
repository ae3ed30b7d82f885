package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What results alone say about a tree, where no exit code has a say.
 *
 * <p>Threads: no state.
 */
final class ResultVerdict {
    private static final int MOST_REASON_CHARS = 1_000;

    private ResultVerdict() {}

    /**
     * A run by its results.
     *
     * @param none why there is no result, if there is none
     * @param wanted the ids of the tests that were asked for; empty for all
     * @param endedEarly whether the run ended at the first failure
     */
    static TestRun of(List<TestResult> results, String none, Set<String> wanted, boolean endedEarly, Duration duration) {
        List<TestResult> failed = results.stream().filter(result -> result.status() == Status.FAILED).toList();
        if (!failed.isEmpty()) {
            return run(Verdict.RED, Failures.summary(failed, results.size()) + (endedEarly ? "; the run ended at the first failure" : ""),
                    results, duration);
        }
        if (results.stream().noneMatch(result -> result.status() == Status.PASSED)) {
            return run(Verdict.NO_TESTS, results.isEmpty() ? none : "All " + results.size() + " tests were skipped", results, duration);
        }
        return Wanted.judged(run(Verdict.GREEN, results.size() + " tests, none failed", results, duration), wanted);
    }

    private static TestRun run(Verdict verdict, String reason, List<TestResult> results, Duration duration) {
        return TestRun.of(verdict, Untrusted.line(reason, MOST_REASON_CHARS), results, duration);
    }
}
