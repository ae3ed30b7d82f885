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
    /** The tests could not be run: no evidence for or against any patch. */
    NOT_RUN
}
