package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs the tests on the tree with a set of patches; keeps the minutes. */
final class Probes {
    private final Snapshot before;
    private final TestGround ground;
    private final ProgressListener listener;
    private final List<BatchRun> runs = new ArrayList<>();
    private final Map<Question, BatchRun> known = new LinkedHashMap<>();
    private final Set<String> changed = new TreeSet<>();

    Probes(Snapshot before, TestGround ground, ProgressListener listener) {
        this.before = before;
        this.ground = ground;
        this.listener = listener;
    }

    private record Question(List<String> ids, Set<String> only, boolean failFast) {}

    /** Notes a run that was made before the batch was taken on. */
    void note(BatchRun run) {
        runs.add(run);
    }

    /**
     * Runs the tests on a base with patches on top; what was run before is not run again.
     *
     * @param inBase the ids of the patches that have landed in the base
     * @param likely what may be asked for next instead of these patches
     * @param asked what the run is asked for
     * @param decided how many patches are decided so far, for those who watch
     * @param batchSize how many patches there are in all
     */
    BatchRun test(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, List<List<PlannedPatch>> likely, Asked asked, int decided,
            int batchSize) throws InterruptedException {
        List<String> ids = ids(inBase, patches);
        BatchRun before = known(ids, asked);
        List<PatchedTree> trees = likely.stream().filter(next -> known(ids(inBase, next), asked) == null).map(next -> tree(base, next)).toList();
        return before != null ? before : run(ids, tree(base, patches), trees, asked, decided, batchSize);
    }

    /** A run of all tests answers every question, one of some tests only its own. */
    private @Nullable BatchRun known(List<String> ids, Asked asked) {
        BatchRun whole = known.get(new Question(ids, Set.of(), false));
        return whole != null ? whole : known.get(new Question(ids, asked.only(), asked.failFast()));
    }

    /**
     * Runs the tests once more; what was known of this tree is forgotten.
     *
     * @param flaky is told the ids of the tests that have failed in one of both runs and passed in the other
     */
    BatchRun again(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, Asked asked, Set<String> flaky, int decided,
            int batchSize) throws InterruptedException {
        List<String> ids = ids(inBase, patches);
        BatchRun before = known(ids, asked);
        known.keySet().removeIf(question -> question.ids().equals(ids));
        BatchRun now = run(ids, tree(base, patches), List.of(), asked, decided, batchSize);
        if (before != null && asked.only().isEmpty()) {
            // Of runs of some tests nothing is said: a test may pass alone and fail beside others.
            flaky.addAll(contradictions(before, now));
        }
        return now;
    }

    private static Set<String> contradictions(BatchRun before, BatchRun now) {
        Map<String, Status> then = new HashMap<>();
        before.run().results().forEach(test -> then.put(test.id(), test.status()));
        Set<String> found = new LinkedHashSet<>();
        for (TestResult test : now.run().results()) {
            Status other = then.get(test.id());
            if (other == Status.FAILED && test.status() == Status.PASSED || other == Status.PASSED && test.status() == Status.FAILED) {
                found.add(test.id());
            }
        }
        return found;
    }

    private static PatchedTree tree(PatchedTree base, List<PlannedPatch> patches) {
        PatchedTree tree = base.copy();
        patches.forEach(patch -> tree.apply(patch.edits()));
        return tree;
    }

    private BatchRun run(List<String> ids, PatchedTree tree, List<PatchedTree> likely, Asked asked, int decided, int batchSize)
            throws InterruptedException {
        int number = 1 + (int) runs.stream().filter(run -> run.number() > 0).count();
        listener.onProgress(Progress.of(CyclePhase.GATE, "test run " + number + " with " + describe(ids.size()), decided, batchSize));
        BatchRun run = BatchRun.of(number, ids, ground.run(tree, likely, asked)).content(before.contentHashWith(tree.overlay()));
        // What was to end at the first failure and is green has run all.
        boolean all = asked.only().isEmpty() && (!asked.failFast() || run.run().green());
        runs.add(all ? run : run.partial());
        note(tree);
        if (run.run().verdict().evidence()) {
            known.put(new Question(List.copyOf(ids), asked.only(), asked.failFast() && !run.run().green()), run);
        }
        return run;
    }

    /** What the tests said in a run, whatever was made of it since. */
    TestRun asRun(BatchRun run) {
        return runs.stream().filter(of -> of.number() == run.number()).findFirst().orElse(run).run();
    }

    private static List<String> ids(List<String> inBase, List<PlannedPatch> patches) {
        List<String> ids = new ArrayList<>(inBase);
        patches.forEach(patch -> ids.add(patch.patch().id()));
        return ids;
    }

    List<BatchRun> runs() {
        return runs;
    }

    private void note(PatchedTree tree) {
        tree.overlay().forEach((path, content) -> {
            if (!content.equals(tree.disk().get(path))) {
                changed.add(path);
            }
        });
    }

    /** The paths that have held something else in a run than before the batch, in their order. */
    Set<String> changed() {
        return changed;
    }

    private static String describe(int patches) {
        return patches == 1 ? "1 patch" : patches + " patches";
    }
}
