package dev.autosync.testing;

/**
 * What a run of tests says about a tree. Only {@link #GREEN} lets a patch land.
 *
 * @since 0.1.0
 */
public enum Verdict {
    /** At least one test ran, none failed, and the suite ended as it should. */
    GREEN,
    /** A test failed, or the build did, or the time was up. */
    RED,
    /** No test ran. Never green. */
    NO_TESTS,
    /** The reports found were older than the run. Never green. */
    STALE_REPORT,
    /** The reports cannot be read whole, or contradict themselves. Never green. */
    BROKEN_REPORT,
    /** What ran the tests was ended by a signal that AutoSync had not sent: no evidence for or against any patch. */
    CRASHED,
    /** The tests could not be run: no evidence for or against any patch. */
    NOT_RUN;

    /**
     * Whether a run that ended so says anything about the tree.
     *
     * @return false if it is about the machine or the tools alone: {@link #CRASHED} and {@link #NOT_RUN}
     */
    public boolean evidence() {
        return this != CRASHED && this != NOT_RUN;
    }
}
