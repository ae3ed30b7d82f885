package dev.autosync.patch;

import dev.autosync.testing.TestResult;
import java.util.List;

/**
 * The evidence against a patch: a run without it in which some tests passed, and a run with it in which they failed.
 *
 * <p>The two runs differ in this patch alone; both may hold other patches, other culprits among them. Each of the tests has failed at
 * least twice with the patch in the tree. A test that is flaky enough to fail twice and pass once by chance still convicts wrongly.
 * Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Blame {
    private final int runWithout;
    private final int runWith;
    private final List<TestResult> failures;

    private Blame(int runWithout, int runWith, List<TestResult> failures) {
        this.runWithout = runWithout;
        this.runWith = runWith;
        this.failures = failures;
    }

    /**
     * Evidence.
     *
     * @param runWithout the number of the run without the patch, 0 for the baseline
     * @param runWith the number of the run with it, 1 or more
     * @param failures the tests that convict it; empty if the run with it broke before any test, as a build does
     * @return the evidence
     */
    public static Blame of(int runWithout, int runWith, List<TestResult> failures) {
        return new Blame(runWithout, runWith, List.copyOf(failures));
    }

    /**
     * The run without the patch.
     *
     * @return its {@link BatchRun#number()}; 0 is the baseline
     */
    public int runWithout() {
        return runWithout;
    }

    /**
     * The run with the patch.
     *
     * @return its {@link BatchRun#number()}
     */
    public int runWith() {
        return runWith;
    }

    /**
     * The tests that convict it.
     *
     * @return tests that passed in the run without it and failed in the run with it; empty if that one broke before any test, as a build
     *     does
     */
    public List<TestResult> failures() {
        return failures;
    }
}
