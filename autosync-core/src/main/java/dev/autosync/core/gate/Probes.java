package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.patch.BatchRun;
import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs the tests on the tree with a set of patches; keeps the minutes. */
final class Probes {
    private final Snapshot before;
    private final TestGround ground;
    private final ProgressListener listener;
    private final List<BatchRun> runs = new ArrayList<>();
    private final Map<List<String>, BatchRun> known = new LinkedHashMap<>();
    private final Set<String> changed = new TreeSet<>();

    Probes(Snapshot before, TestGround ground, ProgressListener listener) {
        this.before = before;
        this.ground = ground;
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
     * @param likely what may be asked for next instead of these patches
     * @param decided how many patches are decided so far, for those who watch
     * @param batchSize how many patches there are in all
     */
    BatchRun test(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, List<List<PlannedPatch>> likely, int decided, int batchSize)
            throws InterruptedException {
        List<String> ids = ids(inBase, patches);
        BatchRun before = known.get(ids);
        List<PatchedTree> trees = likely.stream().filter(next -> !known.containsKey(ids(inBase, next))).map(next -> tree(base, next)).toList();
        return before != null ? before : run(ids, tree(base, patches), trees, decided, batchSize);
    }

    /** Runs the tests once more; what was known of this tree is forgotten. */
    BatchRun again(PatchedTree base, List<String> inBase, List<PlannedPatch> patches, int decided, int batchSize)
            throws InterruptedException {
        return run(ids(inBase, patches), tree(base, patches), List.of(), decided, batchSize);
    }

    private static PatchedTree tree(PatchedTree base, List<PlannedPatch> patches) {
        PatchedTree tree = base.copy();
        patches.forEach(patch -> tree.apply(patch.edits()));
        return tree;
    }

    private BatchRun run(List<String> ids, PatchedTree tree, List<PatchedTree> likely, int decided, int batchSize) throws InterruptedException {
        int number = 1 + (int) runs.stream().filter(run -> run.number() > 0).count();
        listener.onProgress(Progress.of(CyclePhase.GATE, "test run " + number + " with " + describe(ids.size()), decided, batchSize));
        BatchRun run = BatchRun.of(number, ids, ground.run(tree, likely)).content(before.contentHashWith(tree.overlay()));
        runs.add(run);
        note(tree);
        if (run.run().verdict().evidence()) {
            known.put(List.copyOf(ids), run);
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
