package dev.autosync.patch;

import dev.autosync.testing.TestRun;
import java.util.List;
import java.util.Objects;

/**
 * A run of the tests while a batch was being decided.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class BatchRun {
    private final int number;
    private final List<String> patches;
    private final TestRun run;
    private final String content;
    private final boolean partial;

    private BatchRun(int number, List<String> patches, TestRun run, String content, boolean partial) {
        this.number = number;
        this.patches = patches;
        this.run = run;
        this.content = content;
        this.partial = partial;
    }

    /**
     * A run.
     *
     * @param number 0 for the baseline, then 1, 2, ...
     * @param patches the ids of the patches that were in the tree
     * @param run what the tests said
     * @return the run
     */
    public static BatchRun of(int number, List<String> patches, TestRun run) {
        return new BatchRun(number, List.copyOf(patches), Objects.requireNonNull(run, "run"), "", false);
    }

    /**
     * The same run with the hash of what was tested.
     *
     * @param hash as {@link dev.autosync.SnapshotSummary#contentHash()}; empty if it is not known
     * @return a new run
     */
    public BatchRun content(String hash) {
        return new BatchRun(number, patches, run, Objects.requireNonNull(hash, "hash"), partial);
    }

    /**
     * The same run, of some tests alone or ended at the first failure while culprits were searched. It has no {@link #content()}: what it says cannot be held against a
     * run of all tests.
     *
     * @return a new run
     */
    public BatchRun partial() {
        return new BatchRun(number, patches, run, "", true);
    }

    /**
     * Its number.
     *
     * @return 0 for the baseline, then 1, 2, ...
     */
    public int number() {
        return number;
    }

    /**
     * The patches that were in the tree.
     *
     * @return their ids, in the order of the batch
     */
    public List<String> patches() {
        return patches;
    }

    /**
     * What the tests said.
     *
     * @return the run
     */
    public TestRun run() {
        return run;
    }

    /**
     * The hash of what was tested. Two runs with the same hash were runs on the same files with the same bytes.
     *
     * @return as {@link dev.autosync.SnapshotSummary#contentHash()}; empty if it is not known, as when files changed during the cycle, and for a
     *         {@linkplain #isPartial() partial} run
     */
    public String content() {
        return content;
    }

    /**
     * Whether it was a run of some tests alone, or ended at the first failure while culprits were searched.
     *
     * @return false for a run of all tests
     */
    public boolean isPartial() {
        return partial;
    }
}
