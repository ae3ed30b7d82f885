package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the tree to a set of patches and runs the tests on it; keeps the minutes. */
final class Probes {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
    private static final int TRIES = 3;

    private final Snapshot before;
    private final Transaction transaction;
    private final TestSuite suite;
    private final Path workspace;
    private final ProgressListener listener;
    private final List<BatchRun> runs = new ArrayList<>();
    private final Map<List<String>, BatchRun> known = new LinkedHashMap<>();

    Probes(Snapshot before, Transaction transaction, TestSuite suite, Path workspace, ProgressListener listener) {
        this.before = before;
        this.transaction = transaction;
        this.suite = suite;
        this.workspace = workspace;
        this.listener = listener;
    }

    /** Notes a run that was made before the batch was taken on. */
    void note(BatchRun run) {
        runs.add(run);
    }

    /**
     * Runs the tests on a base with patches on top; what was run before is not run again.
     *
     * @param inBase the ids of the patches that have landed in the base
     * @param decided how many patches are decided so far, for those who watch
     * @param batchSize how many patches there are in all
     */
    BatchRun test(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, int decided, int batchSize) throws InterruptedException {
        List<String> ids = ids(inBase, patches);
        BatchRun before = known.get(ids);
        return before != null ? before : run(ids, base, patches, decided, batchSize);
    }

    /** Runs the tests once more; what was known of this tree is forgotten. */
    BatchRun again(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, int decided, int batchSize)
            throws InterruptedException {
        return run(ids(inBase, patches), base, patches, decided, batchSize);
    }

    private BatchRun run(List<String> ids, PatchedTree base, List<PlannedPatch> patches, int decided, int batchSize)
            throws InterruptedException {
        PatchedTree tree = base.copy();
        patches.forEach(patch -> tree.apply(patch.edits()));
        transaction.moveTo(tree.overlay(), tree.disk());
        int number = 1 + (int) runs.stream().filter(run -> run.number() > 0).count();
        listener.onProgress(Progress.of(CyclePhase.GATE, "test run " + number + " with " + describe(ids.size()), decided, batchSize));
        BatchRun run = BatchRun.of(number, ids, runSuite()).content(before.contentHashWith(tree.overlay()));
        runs.add(run);
        if (run.run().verdict() != Verdict.NOT_RUN) {
            known.put(List.copyOf(ids), run);
        }
        return run;
    }

    private static List<String> ids(List<String> inBase, List<PlannedPatch> patches) {
        List<String> ids = new ArrayList<>(inBase);
        patches.forEach(patch -> ids.add(patch.patch().id()));
        return ids;
    }

    List<BatchRun> runs() {
        return runs;
    }

    /** A run of the suite; one that could not be started is tried again a few times. */
    private TestRun runSuite() throws InterruptedException {
        TestRun run = run(suite, workspace);
        for (int tries = 1; tries < TRIES && run.verdict() == Verdict.NOT_RUN; tries++) {
            run = run(suite, workspace);
        }
        return run;
    }

    /** A run of a suite. A suite that throws could not be run. */
    static TestRun run(TestSuite suite, Path workspace) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return Objects.requireNonNull(suite.run(TestContext.of(workspace)), "the suite answered nothing");
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("The test suite threw", e);
            return TestRun.of(Verdict.NOT_RUN, Untrusted.line("the suite threw " + e, 500), List.of(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static String describe(int patches) {
        return patches == 1 ? "1 patch" : patches + " patches";
    }
}
