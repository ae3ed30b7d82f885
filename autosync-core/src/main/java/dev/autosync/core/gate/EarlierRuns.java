package dev.autosync.core.gate;

import dev.autosync.testing.TestRun;
import java.util.Optional;

/** Runs of the tests that are kept as they end, so that none has to be made again after a crash. */
interface EarlierRuns {
    /**
     * What stands for the content of the tree before a batch in the run that was made before any other: the runs that look at that tree again are told from it, or
     * it would confirm itself.
     */
    static String baseline(String content) {
        return "baseline " + content;
    }

    /**
     * A run of exactly this content that was asked for exactly this. Each is given once.
     *
     * @param content the content hash of the tree
     */
    Optional<TestRun> take(String content, Asked asked);

    /** Keeps a run that has ended. */
    void keep(String content, Asked asked, TestRun run);
}
