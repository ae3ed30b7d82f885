package dev.autosync.patch;

import dev.autosync.testing.TestResult;
import java.util.List;

/**
 * The evidence against a patch: a run that was green without it, a run that was red with it, and the tests that failed.
 *
 * <p>The two runs differ in this patch alone. It is evidence under the assumption that tests are not flaky: a test that fails by
 * chance in the red run convicts wrongly. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Blame {
    private final int greenRun;
    private final int redRun;
    private final List<TestResult> failures;

    private Blame(int greenRun, int redRun, List<TestResult> failures) {
        this.greenRun = greenRun;
        this.redRun = redRun;
        this.failures = failures;
    }

    /**
     * Evidence.
     *
     * @param greenRun the number of the green run, 0 for the baseline
     * @param redRun the number of the red run, 1 or more
     * @param failures the tests that failed in the red run; empty if it broke before any test, as a build does
     * @return the evidence
     */
    public static Blame of(int greenRun, int redRun, List<TestResult> failures) {
        return new Blame(greenRun, redRun, List.copyOf(failures));
    }

    /**
     * The run without the patch.
     *
     * @return its {@link BatchRun#number()}; 0 is the baseline
     */
    public int greenRun() {
        return greenRun;
    }

    /**
     * The run with the patch.
     *
     * @return its {@link BatchRun#number()}
     */
    public int redRun() {
        return redRun;
    }

    /**
     * The tests that convict it.
     *
     * @return those that failed in the red run; empty if it broke before any test, as a build does
     */
    public List<TestResult> failures() {
        return failures;
    }
}
