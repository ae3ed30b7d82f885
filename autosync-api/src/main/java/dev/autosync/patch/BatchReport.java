package dev.autosync.patch;

import dev.autosync.testing.TestRun;
import java.util.List;
import java.util.Optional;

/**
 * What became of a batch, with the evidence.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface BatchReport {

    /**
     * What became of each patch.
     *
     * @return one outcome a patch, in the order of the batch
     */
    List<PatchOutcome> outcomes();

    /**
     * What became of a patch.
     *
     * @param patchId its id
     * @return its outcome; empty if it is not in the batch
     */
    default Optional<PatchOutcome> outcome(String patchId) {
        return outcomes().stream().filter(o -> o.patch().id().equals(patchId)).findFirst();
    }

    /**
     * What tells whether another patch asks for the same as a patch of the batch.
     *
     * @param patch a patch of the batch
     * @return {@link Patch#checksum(dev.autosync.spi.PatchFormat)}, or {@link Patch#checksum()} if its format is not known
     */
    default String checksum(Patch patch) {
        return patch.checksum();
    }

    /**
     * The patches with a given outcome.
     *
     * @param kind the outcome
     * @return in the order of the batch
     */
    default List<PatchOutcome> outcomes(PatchOutcome.Kind kind) {
        return outcomes().stream().filter(o -> o.kind() == kind).toList();
    }

    /**
     * The patches that are bad only together: each alone, and with any of the others missing, they are good. The latest of each combination was
     * {@linkplain PatchOutcome.Dropped dropped because} of the others; nobody is blamed for it.
     *
     * @return for each combination the smallest tree in which it was seen: its patches, what they need, and what had landed before
     */
    default List<Reproduction> combinations() {
        return List.of();
    }

    /**
     * What the tests said of the workspace before the batch.
     *
     * @return the run, or the remembered run of the same content; empty if no patch got as far as the tests
     */
    Optional<TestRun> baseline();

    /**
     * The runs that decided the batch, in their order. A baseline that was run is the first, with the number 0; one that was
     * remembered is not among them.
     *
     * @return the runs
     */
    List<BatchRun> runs();

    /**
     * How many runs it would have taken to test each planned patch on its own, counted as {@link #runs()} is: with the baseline if that
     * was run.
     *
     * @return 0 or more
     */
    int runsOneByOne();

    /**
     * Tests that failed and passed on the same tree while the batch was being decided, or failed in a way that no patch explains. Nobody was blamed for them.
     *
     * @return their ids
     */
    List<String> flakyTests();

    /**
     * Files that were changed for a test and put back, or were changed in a copy only, with the proof.
     *
     * @return one entry a file whose final content is what it was before the batch
     */
    List<RestoredFile> restored();

    /**
     * Files of the workspace that the tests, or somebody else, changed while the batch was being decided, and that hold what was written.
     *
     * @return paths relative to the workspace, with {@code /}; AutoSync left them alone
     */
    List<String> foreignChanges();

    /**
     * What changed while tests ran and may be their doing, and what became of it: with the policy {@code UNDO} what was undone and what could not
     * be, with {@linkplain dev.autosync.testing.Isolation#candidates copies} what the tests wrote into them, as far as snapshots see it.
     *
     * @return one entry a path, in the order of the paths; the first 1,000
     */
    default List<TestChange> testChanges() {
        return List.of();
    }
}
