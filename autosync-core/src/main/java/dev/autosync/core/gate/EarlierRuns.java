package dev.autosync.core.gate;

import dev.autosync.testing.TestRun;
import java.util.Optional;

/** Runs of the tests that are kept as they end, so that none has to be made again after a crash. */
interface EarlierRuns {
    /**
     * A run of exactly this content that was asked for exactly this. Each is given once.
     *
     * @param content the content hash of the tree
     */
    Optional<TestRun> take(String content, Asked asked);

    /** Keeps a run that has ended. */
    void keep(String content, Asked asked, TestRun run);
}
