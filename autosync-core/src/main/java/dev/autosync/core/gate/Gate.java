package dev.autosync.core.gate;

import dev.autosync.ProgressListener;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.testing.LikelyFailures;
import dev.autosync.patch.BatchPreview;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch: plan, apply, test; keep what is green, search for what is red and take out only that.
 *
 * <p>Everything that lands was part of a green run of exactly the tree that is left. A patch is blamed when all runs together make it
 * probable enough that it is bad.
 */
public final class Gate {
    private final Workspace workspace;
    private final FilePort files;
    private final BatchPlanner planner;
    private final TestSuite suite;
    private final List<CandidateTree> candidates;
    private final EarlierRuns earlier;
    private final TestPolicy policy;
    private final boolean mentionsChanges;
    private final ProgressListener listener;
    private @Nullable Ahead ahead;

    /**
     * A gate that tests in copies, or in place if there are none.
     *
     * @param earlier runs that were made before a crash
     * @param policy what is made of red runs
     * @param mentionsChanges whether what the tests change in copies is of interest
     */
    Gate(Workspace workspace, FilePort files, BatchPlanner planner, TestSuite suite, List<CandidateTree> candidates,
            EarlierRuns earlier, TestPolicy policy, boolean mentionsChanges, ProgressListener listener) {
        this.workspace = workspace;
        this.files = files;
        this.planner = planner;
        this.suite = suite;
        this.candidates = candidates;
        this.earlier = earlier;
        this.policy = policy;
        this.mentionsChanges = mentionsChanges;
        this.listener = listener;
    }

    /** What was tested beside the baseline. */
    private record Ahead(Snapshot before, PatchedTree base, Map<Map<String, Optional<FileContent>>, TestRun> tested) {}

    /**
     * A decided batch, not yet committed.
     *
     * @param report what became of each patch
     * @param lastGreen the run of exactly the tree that is left; empty if nothing landed
     * @param baselineHolds whether no run of the tree before the batch has contradicted what was remembered of it
     */
    public record Decision(BatchReport report, Optional<TestRun> lastGreen, boolean baselineHolds) {}

    private PatchedTree tree() {
        return new PatchedTree(workspace, files, planner.limits());
    }

    /** What a batch would do to the workspace as it stands. Writes nothing. */
    BatchPreview preview(List<Patch> patches) {
        return Preview.of(patches, planner, tree());
    }

    /**
     * Runs the tests on the tree as it stands; with two copies or more, beside it those of the tree with all patches.
     *
     * @param before the tree
     * @param patches the patches that will be decided on
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     * @param history how often tests have failed of late
     */
    public TestRun baseline(Snapshot before, List<Patch> patches, Function<Patch, Optional<String>> landedIn, Map<String, Double> history)
            throws InterruptedException {
        Asked asked = Asked.all(LikelyFailures.of(history.keySet(), history, List.of()));
        if (candidates.isEmpty()) {
            return kept(before, asked, TestGround.run(suite, asked.of(TestContext.of(workspace.root())), 1));
        }
        try (CandidateGround ground = new CandidateGround(before, workspace.root(), candidates, suite, Optional.empty())) {
            PatchedTree base = tree();
            ground.beginBaseline("baseline", asked);
            for (PatchedTree whole : candidates.size() > 1 ? whole(base, patches, landedIn) : List.<PatchedTree>of()) {
                ground.begin("whole", whole, asked);
                TestGround.Ended first = ground.await();
                boolean inOrder = first.key().equals("baseline");
                TestRun early = inOrder ? kept(before, asked, first.run()) : first.run();
                TestGround.Ended second = ground.await();
                ahead = new Ahead(before, base, Map.of(whole.overlay(), (inOrder ? second : first).run()));
                return inOrder ? early : kept(before, asked, second.run());
            }
            return kept(before, asked, ground.await().run());
        }
    }

    /** The run of the tree before the batch, durable before anything else is waited for. */
    private TestRun kept(Snapshot before, Asked asked, TestRun baseline) {
        earlier.keep(EarlierRuns.baseline(before.summary().contentHash()), asked, baseline);
        return baseline;
    }

    /** The tree with all patches that can be applied, if there are any. */
    private List<PatchedTree> whole(PatchedTree base, List<Patch> patches, Function<Patch, Optional<String>> landedIn) {
        List<Patch> open = patches.stream().filter(patch -> landedIn.apply(patch).isEmpty()).toList();
        Set<String> known = patches.stream().filter(patch -> landedIn.apply(patch).isPresent()).map(Patch::id).collect(Collectors.toSet());
        List<PlannedPatch> planned = planner.plan(open, base,
                new BatchPlanner.Known(known, Set.of(), planner.checksums().twins(patches), Map.of())).planned();
        PatchedTree tree = base.copy();
        planned.forEach(patch -> tree.apply(patch.edits()));
        return planned.isEmpty() ? List.of() : List.of(tree);
    }

    private TestGround ground(Snapshot before, Transaction transaction, @Nullable Leftovers leftovers, Ahead known) {
        return candidates.isEmpty() ? new InPlaceGround(transaction, suite, workspace.root(), leftovers)
                : new CandidateGround(before, workspace.root(), candidates, suite, Optional.of(transaction)).knowing(known.tested());
    }

    private Ahead takeAhead(Snapshot before) {
        Ahead tested = ahead;
        ahead = null;
        return tested != null && tested.before() == before ? tested : new Ahead(before, tree(), Map.of());
    }

    /**
     * Decides a batch. Afterwards the tree holds what landed; the caller commits or rolls back.
     *
     * @param patches the patches, each after those that it needs
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     * @param before the tree without them
     * @param baseline what the tests say of it
     * @param history how often tests have failed of late
     * @param experience what earlier batches tell
     * @param transaction a new transaction
     * @param leftovers what is to be undone of what changes while tests run in the workspace; null if nothing is
     */
    Decision decide(List<Patch> patches, Function<Patch, Optional<String>> landedIn, Snapshot before,
            Baseline baseline, Map<String, Double> history, Experience experience, Transaction transaction, @Nullable Leftovers leftovers) throws InterruptedException {
        Ahead known = takeAhead(before);
        try (TestGround ground = ground(before, transaction, leftovers, known)) {
            Probes probes = new Probes(before, ground, earlier, listener, patches.size());
            if (!baseline.remembered()) {
                probes.note(BatchRun.of(0, List.of(), baseline.run()).content(before.summary().contentHash()));
            }
            OpenBatch batch = new OpenBatch(patches, planner, before, known.base());
            patches.forEach(patch -> landedIn.apply(patch).ifPresent(cycle -> batch.landedEarlier(patch, cycle)));
            Deciding deciding = new Deciding(batch, patches.size(), probes, baseline, history, experience,
                    new Searches(policy.culprits(), experience, suite.selective()), policy, listener);
            deciding.decide();
            ground.land(batch.base());
            transaction.removeIfEmpty(batch.emptiedFolders());
            List<TestChange> changes = mentionsChanges ? ground.changes() : List.of();
            List<RestoredFile> restored = candidates.isEmpty() ? transaction.restored() : untouched(probes.changed(), batch.base());
            return new Decision(deciding.report(restored, transaction.foreignChanges(), changes), deciding.lastGreen(), deciding.baselineHolds());
        }
    }

    /** The files that were changed in copies only, read again as proof. */
    private List<RestoredFile> untouched(Set<String> changed, PatchedTree base) {
        List<RestoredFile> untouched = new ArrayList<>();
        for (String path : changed) {
            Optional<FileContent> before = base.disk().getOrDefault(path, Optional.empty());
            if (base.disk().containsKey(path) && base.overlay().getOrDefault(path, before).equals(before)) {
                Optional<FileContent> now = tree().read(path);
                untouched.add(RestoredFile.of(path, before.map(FileContent::sha256).orElse(null), now.map(FileContent::sha256).orElse(null)));
            }
        }
        return untouched;
    }
}
