package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.testing.Baseline;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch: plan, apply, test; keep what is green, search for what is red and take out only that.
 *
 * <p>Everything that lands was part of a green run of exactly the tree that is left. A patch is blamed when a run without it was green
 * and the run with it, and nothing else, was red.
 */
public final class Gate {
    private final Workspace workspace;
    private final FilePort files;
    private final BatchPlanner planner;
    private final TestSuite suite;
    private final ProgressListener listener;

    /** A gate. */
    public Gate(Workspace workspace, FilePort files, BatchPlanner planner, TestSuite suite, ProgressListener listener) {
        this.workspace = workspace;
        this.files = files;
        this.planner = planner;
        this.suite = suite;
        this.listener = listener;
    }

    /**
     * A decided batch, not yet committed.
     *
     * @param report what became of each patch
     * @param lastGreen the run of exactly the tree that is left; empty if nothing landed
     */
    public record Decision(BatchReport report, Optional<TestRun> lastGreen) {}

    /** Runs the tests on the tree as it stands. */
    public TestRun baseline() throws InterruptedException {
        return Probes.run(suite, workspace.root());
    }

    /**
     * Decides a batch. Afterwards the tree holds what landed; the caller commits or rolls back.
     *
     * @param patches the patches, each after those that it needs
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     * @param baseline what the tests say of the tree without them
     * @param transaction a new transaction
     */
    public Decision decide(List<Patch> patches, Function<Patch, Optional<String>> landedIn, Baseline baseline,
            Transaction transaction) throws InterruptedException {
        Probes probes = new Probes(transaction, suite, workspace.root(), listener);
        if (!baseline.remembered()) {
            probes.note(BatchRun.of(0, List.of(), baseline.run()));
        }
        Batch batch = new Batch(patches, baseline, transaction, probes);
        patches.forEach(patch -> landedIn.apply(patch).ifPresent(cycle -> batch.landedEarlier(patch, cycle)));
        return batch.decide();
    }

    /** One batch on its way. */
    private final class Batch {
        private final List<Patch> patches;
        private final Baseline baseline;
        private final Transaction transaction;
        private final Probes probes;

        private final Map<String, PatchOutcome> outcomes = new LinkedHashMap<>();
        private final List<String> landed = new ArrayList<>();
        private final Set<String> landedEarlier = new LinkedHashSet<>();
        private final Set<String> oncePlanned = new LinkedHashSet<>();
        private final List<String> takenOut = new ArrayList<>();
        private PatchedTree base = new PatchedTree(workspace, files);
        private int runsOneByOne = -1;
        private @Nullable BatchRun lastGreen;

        Batch(List<Patch> patches, Baseline baseline, Transaction transaction, Probes probes) {
            this.patches = patches;
            this.baseline = baseline;
            this.transaction = transaction;
            this.probes = probes;
        }

        /** A patch that has landed in an earlier cycle is not planned again: its work may have been built upon since. */
        void landedEarlier(Patch patch, String cycle) {
            outcomes.put(patch.id(), PatchOutcome.AlreadyApplied.of(patch, "landed in cycle " + cycle));
            landedEarlier.add(patch.id());
        }

        Decision decide() throws InterruptedException {
            boolean more = true;
            while (more) {
                BatchPlan plan = planOpen();
                more = !plan.planned().isEmpty() && decideSome(plan.planned());
            }
            transaction.moveTo(base.overlay());
            return new Decision(report(), Optional.ofNullable(lastGreen).map(BatchRun::run));
        }

        /** Plans what is still open on top of what has landed; what cannot be applied now may be in the next round. */
        private BatchPlan planOpen() {
            List<Patch> open = patches.stream().filter(patch -> !decided(patch)).toList();
            BatchPlan plan = planner.plan(open, base, known());
            if (runsOneByOne < 0) {
                runsOneByOne = plan.planned().size();
            }
            plan.planned().forEach(planned -> oncePlanned.add(planned.patch().id()));
            for (PatchOutcome outcome : plan.outcomes()) {
                outcomes.put(outcome.patch().id(), afterwards(outcome));
            }
            plan.planned().forEach(planned -> outcomes.remove(planned.patch().id()));
            return plan;
        }

        /** A patch that could be applied as long as a bad one was there depends on that one. */
        private PatchOutcome afterwards(PatchOutcome outcome) {
            boolean lost = outcome.kind() == PatchOutcome.Kind.CONFLICTED || outcome.kind() == PatchOutcome.Kind.AMBIGUOUS;
            return lost && oncePlanned.contains(outcome.patch().id()) && !takenOut.isEmpty()
                    ? PatchOutcome.Dropped.of(outcome.patch(),
                            "does not apply without " + String.join(", ", takenOut) + ": " + outcome.reason(), takenOut)
                    : outcome;
        }

        /** Tests what is planned, and lands or blames at least one patch. Says whether the rest is worth another round. */
        private boolean decideSome(List<PlannedPatch> planned) throws InterruptedException {
            BatchRun all = test(planned, planned.size());
            if (all.run().green()) {
                land(planned, all);
                return false;
            }
            if (all.run().verdict() == Verdict.NOT_RUN) {
                return stop(planned, "the tests could not be run: " + all.run().reason());
            }
            if (!baseline.run().green() && landed.isEmpty()) {
                return stop(planned, "the tests were not green before any patch (" + baseline.run().reason()
                        + "), nor were they with all: nobody can be blamed");
            }
            Optional<Integer> firstRed = Bisection.firstRed(planned.size(), length -> answer(test(planned, length).run()));
            if (firstRed.isEmpty()) {
                return stop(planned, "the tests could not be run during the search");
            }
            int red = firstRed.get();
            if (red == 1 && landed.isEmpty() && baseline.remembered()) {
                // The green that the first patch is held against is a memory: see whether it still holds.
                TestRun now = test(planned, 0).run();
                if (!now.green()) {
                    return stop(planned, "the tests are not green without any patch any more: " + now.reason());
                }
            }
            BatchRun redRun = test(planned, red);
            int greenRun = red == 1 ? lastGreen == null ? 0 : lastGreen.number() : test(planned, red - 1).number();
            if (red > 1) {
                land(planned.subList(0, red - 1), test(planned, red - 1));
            }
            blame(planned.get(red - 1).patch(), greenRun, redRun);
            return true;
        }

        private BatchRun test(List<PlannedPatch> planned, int length) throws InterruptedException {
            return probes.test(base, landed, planned.subList(0, length), decided(), patches.size());
        }

        private Bisection.Answer answer(TestRun run) {
            return run.green() ? Bisection.Answer.GREEN
                    : run.verdict() == Verdict.NOT_RUN ? Bisection.Answer.NONE : Bisection.Answer.RED;
        }

        private void land(List<PlannedPatch> planned, BatchRun green) {
            base = base.copy();
            for (PlannedPatch patch : planned) {
                base.apply(patch.edits());
                landed.add(patch.patch().id());
                String reason = "green in run " + green.number() + (patch.note().isEmpty() ? "" : "; " + patch.note());
                outcomes.put(patch.patch().id(), PatchOutcome.Applied.of(patch.patch(), reason,
                        patch.edits().stream().map(edit -> edit.path()).toList()));
            }
            lastGreen = green;
        }

        private void blame(Patch patch, int greenRun, BatchRun red) {
            List<TestResult> failures = red.run().failures();
            String reason = (greenRun == 0 ? "green before any patch" : "green in run " + greenRun) + ", red with it in run "
                    + red.number() + ": "
                    + (failures.isEmpty() ? red.run().reason()
                            : failures.size() + (failures.size() == 1 ? " test fails" : " tests fail"));
            outcomes.put(patch.id(), PatchOutcome.Blamed.of(patch, reason, Blame.of(greenRun, red.number(), failures)));
            takenOut.add(patch.id());
            listener.onProgress(Progress.of(CyclePhase.GATE, "culprit found: " + patch.id(), decided(), patches.size()));
        }

        private boolean stop(List<PlannedPatch> planned, String why) {
            planned.forEach(patch -> outcomes.put(patch.patch().id(), PatchOutcome.Undecided.of(patch.patch(), why)));
            return false;
        }

        /** Final outcomes; every other one is what the last plan said. */
        private boolean decided(Patch patch) {
            PatchOutcome outcome = outcomes.get(patch.id());
            return landedEarlier.contains(patch.id()) || outcome != null && (outcome.kind() == PatchOutcome.Kind.APPLIED || outcome.kind() == PatchOutcome.Kind.BLAMED);
        }

        private int decided() {
            return (int) patches.stream().filter(this::decided).count();
        }

        /** What a patch that needs another may build on. */
        private Set<String> known() {
            Set<String> known = new HashSet<>(landed);
            known.addAll(landedEarlier);
            return known;
        }

        private BatchReport report() {
            List<PatchOutcome> ordered = new ArrayList<>();
            for (Patch patch : patches) {
                PatchOutcome outcome = outcomes.get(patch.id());
                if (outcome == null) {
                    throw new IllegalStateException("no outcome for " + patch.id());
                }
                ordered.add(outcome);
            }
            return new BatchResult(ordered, baseline.run(), probes.runs(), Math.max(0, runsOneByOne), transaction.restored(),
                    transaction.foreignChanges());
        }
    }
}
