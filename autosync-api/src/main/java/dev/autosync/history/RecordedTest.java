package dev.autosync.history;

/**
 * How a test ended in a run of the tests, as far as the history knows: it keeps the ids of tests that failed or were skipped, at most 200 of each
 * for a run.
 *
 * <p>Made by {@link History#test}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface RecordedTest extends Recorded {

    /** How a test ended. */
    enum Ending {
        /** It is recorded among those that failed. */
        FAILED,
        /** It is recorded among those that were skipped. */
        SKIPPED,
        /** All tests that failed or were skipped are recorded, and it is none of them: it passed, or was no part of the run. */
        NOT_FAILED,
        /** The record does not say: it was cut, the run ended neither green nor red, or it cannot be read. */
        UNKNOWN
    }

    /**
     * The run.
     *
     * @return {@code baseline} for the workspace before the batch, else {@code run-1}, {@code run-2}, ...
     */
    String run();

    /**
     * How the test ended.
     *
     * @return the ending
     */
    Ending ending();

    /**
     * What was tested.
     *
     * @return a content hash; empty for runs of only some tests, and if files changed meanwhile
     */
    String content();
}
