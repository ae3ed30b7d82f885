package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.CyclePhase;
import dev.autosync.ErrorCode;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.DependencyGraph;
import dev.autosync.core.patch.ExactDiff;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.testing.LikelyFailures;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.BatchPreview;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * <p>Everything that lands was part of a green run of exactly the tree that is left. A patch is blamed when tests passed in a run
 * without it and failed in the run with it, and nothing else in the tree was different.
 */
public final class Gate {
    /** As much of what the patches did exactly is kept for the report. */
    private static final long MAX_DIFF_BYTES = 64L << 20;

    /** Fewer patches are searched in two runs; that a selection is right costs two. */
    private static final int WORTH_SELECTING = 5;
    private static final int MOST_SELECTED = 200;

    private final Workspace workspace;
    private final FilePort files;
    private final BatchPlanner planner;
    private final TestSuite suite;
    private final List<CandidateTree> candidates;
    private final TestPolicy policy;
    private final boolean mentionsChanges;
    private final ProgressListener listener;
    private @Nullable Ahead ahead;

    /**
     * A gate that tests in copies, or in place if there are none.
     *
     * @param policy what is made of red runs
     * @param mentionsChanges whether what the tests change in copies is of interest
     */
    Gate(Workspace workspace, FilePort files, BatchPlanner planner, TestSuite suite, List<CandidateTree> candidates,
            TestPolicy policy, boolean mentionsChanges, ProgressListener listener) {
        this.workspace = workspace;
        this.files = files;
        this.planner = planner;
        this.suite = suite;
        this.candidates = candidates;
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
            return TestGround.run(suite, asked.of(TestContext.of(workspace.root())), 1);
        }
        try (CandidateGround ground = new CandidateGround(before, workspace.root(), candidates, suite, Optional.empty())) {
            PatchedTree base = tree();
            List<PatchedTree> whole = candidates.size() > 1 ? whole(base, patches, landedIn) : List.of();
            TestRun run = ground.baseline(whole, asked);
            for (PatchedTree tree : whole) {
                ahead = ground.await(tree, asked).map(tested -> new Ahead(before, base, Map.of(tree.overlay(), tested))).orElse(null);
            }
            return run;
        }
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
     * @param transaction a new transaction
     * @param leftovers what is to be undone of what changes while tests run in the workspace; null if nothing is
     */
    Decision decide(List<Patch> patches, Function<Patch, Optional<String>> landedIn, Snapshot before,
            Baseline baseline, Map<String, Double> history, Transaction transaction, @Nullable Leftovers leftovers) throws InterruptedException {
        Ahead known = takeAhead(before);
        try (TestGround ground = ground(before, transaction, leftovers, known)) {
            Probes probes = new Probes(before, ground, listener);
            if (!baseline.remembered()) {
                probes.note(BatchRun.of(0, List.of(), baseline.run()).content(before.summary().contentHash()));
            }
            Batch batch = new Batch(patches, before, known.base(), baseline, history, transaction, probes);
            patches.forEach(patch -> landedIn.apply(patch).ifPresent(cycle -> batch.landedEarlier(patch, cycle)));
            return batch.decide(ground);
        }
    }

    /** One batch on its way. */
    private final class Batch {
        private final List<Patch> patches;
        private final Snapshot before;
        private final Baseline baseline;
        private final Map<String, Double> history;
        private final Transaction transaction;
        private final Probes probes;

        private final Map<String, PatchOutcome> outcomes = new LinkedHashMap<>();
        private final List<String> landed = new ArrayList<>();
        private final Set<String> landedEarlier = new LinkedHashSet<>();
        private final Set<String> oncePlanned = new LinkedHashSet<>();
        private final List<String> takenOut = new ArrayList<>();
        private final Map<String, String> twins;
        private final Map<String, PlannedPatch> lastPlans = new HashMap<>();
        private final Map<String, Set<String>> below = new HashMap<>();
        private final Set<String> flaky = new LinkedHashSet<>();
        private final Judge judge;
        private PatchedTree base;
        private boolean goodBefore;
        private boolean baselineHolds = true;
        private int repeated;
        private int runsOneByOne = -1;
        private int longestGreen;
        private long roomForDiffs = MAX_DIFF_BYTES;
        private @Nullable BatchRun lastGreen;

        Batch(List<Patch> patches, Snapshot before, PatchedTree base, Baseline baseline, Map<String, Double> history,
                Transaction transaction, Probes probes) {
            this.patches = patches;
            this.twins = planner.checksums().twins(patches);
            this.before = before;
            this.base = base;
            this.baseline = baseline;
            this.history = history;
            this.judge = new Judge(policy, baseline.run());
            this.goodBefore = judge.passes(baseline.run());
            this.transaction = transaction;
            this.probes = probes;
        }

        /** A patch that has landed in an earlier cycle is not planned again: its work may have been built upon since. */
        void landedEarlier(Patch patch, String cycle) {
            outcomes.put(patch.id(), PatchOutcome.AlreadyApplied.inCycle(patch, "landed in cycle " + cycle, cycle));
            landedEarlier.add(patch.id());
        }

        Decision decide(TestGround ground) throws InterruptedException {
            boolean more = true;
            while (more) {
                BatchPlan plan = planOpen();
                more = !plan.planned().isEmpty() && decideSome(plan.planned());
            }
            ground.land(base);
            removeEmptyFolders();
            List<TestChange> changes = mentionsChanges ? ground.changes() : List.of();
            return new Decision(report().withTestChanges(changes), Optional.ofNullable(lastGreen).map(probes::asRun), baselineHolds);
        }

        /** Plans what is still open on top of what has landed; what cannot be applied now may be in the next round. */
        private BatchPlan planOpen() {
            List<Patch> open = patches.stream().filter(patch -> !decided(patch)).toList();
            BatchPlan plan = planner.plan(open, base, new BatchPlanner.Known(known(), Set.copyOf(takenOut), twins, Map.copyOf(lastPlans)));
            checkNobodyElseWrote(plan.planned());
            if (runsOneByOne < 0) {
                runsOneByOne = plan.planned().size() + (baseline.remembered() ? 0 : 1);
            }
            plan.planned().forEach(planned -> oncePlanned.add(planned.patch().id()));
            plan.planned().forEach(planned -> lastPlans.put(planned.patch().id(), planned));
            for (PatchOutcome outcome : plan.outcomes()) {
                outcomes.put(outcome.patch().id(), afterwards(outcome));
            }
            plan.planned().forEach(planned -> outcomes.remove(planned.patch().id()));
            return plan;
        }

        /** A plan is made for what the disk holds, which may have changed since the snapshot: the baseline has taken its time. */
        private void checkNobodyElseWrote(List<PlannedPatch> planned) {
            Map<String, Optional<FileContent>> disk = base.disk();
            planned.stream().flatMap(patch -> patch.edits().stream()).map(FileEdit::path).distinct().forEach(path -> {
                Optional<String> then = before.sha256(path).filter(hash -> !hash.isEmpty());
                if (then.isPresent() && disk.containsKey(path) && !disk.get(path).map(FileContent::sha256).equals(then)) {
                    throw new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot patch " + Untrusted.line(path, 200)
                            + ": somebody else has changed it"
                            + " since the snapshot, or the tests have. What they wrote was kept, the batch was undone; run it again");
                }
            });
        }

        /** A patch that could be applied as long as a bad one was there depends on that one. */
        private PatchOutcome afterwards(PatchOutcome outcome) {
            String id = outcome.patch().id();
            boolean lost = outcome.kind() == PatchOutcome.Kind.CONFLICTED || outcome.kind() == PatchOutcome.Kind.AMBIGUOUS
                    || outcome.kind() == PatchOutcome.Kind.REFUSED;
            if (!lost || !oncePlanned.contains(id) || takenOut.isEmpty()) {
                return outcome;
            }
            Set<String> known = below.getOrDefault(id, Set.of());
            List<String> causes = takenOut.stream().filter(known::contains).toList();
            List<String> named = causes.isEmpty() ? takenOut : causes;
            return PatchOutcome.Dropped.of(outcome.patch(), "does not apply without " + String.join(", ", named) + ": " + outcome.reason(), named);
        }

        /** What each planned patch depends on, as long as the culprits are there to be depended on. */
        private void noteDependencies(List<PlannedPatch> planned) {
            DependencyGraph graph = DependencyGraph.of(planned);
            planned.forEach(patch -> below.put(patch.patch().id(), graph.allBelow(patch.patch().id())));
        }

        /** Folders that come to be empty by what has landed, where the patch says that they go. */
        private void removeEmptyFolders() {
            List<String> folders = new ArrayList<>();
            for (PatchOutcome outcome : outcomes.values()) {
                if (outcome instanceof PatchOutcome.Applied applied && !applied.patch().emptyFolders().isEmpty()) {
                    List<String> gone = applied.paths().stream().filter(path -> Optional.empty().equals(base.overlay().get(path))).toList();
                    applied.patch().emptyFolders().stream().filter(folder -> gone.stream().anyMatch(path -> path.startsWith(folder + "/")))
                            .forEach(folders::add);
                }
            }
            transaction.removeIfEmpty(folders);
        }

        /** Tests what is planned, and lands or blames at least one patch. Says whether the rest is worth another round. */
        private boolean decideSome(List<PlannedPatch> planned) throws InterruptedException {
            longestGreen = 0;
            if (!goodBefore && landed.isEmpty() && policy.redBaseline() == TestPolicy.RedBaseline.STOP) {
                return stop(planned, "the tests were not green before any patch (" + baseline.run().reason()
                        + "), and the policy for a red baseline is to stop");
            }
            BatchRun all = test(planned, planned.size(), List.of(), Asked.all(likelyFailures(planned)));
            if (all.run().green()) {
                land(planned, all);
                return false;
            }
            if (!all.run().verdict().evidence()) {
                return stop(planned, judge.couldNotRun(all));
            }
            if (!goodBefore && landed.isEmpty() && !baselineIsFlaky()) {
                return stop(planned, "the tests were not green before any patch (" + baseline.run().reason()
                        + "), nor were they with all: nobody can be blamed");
            }
            if (CulpritSearch.onlyFlakyFail(all, flaky)) {
                BatchRun once = again(planned, Asked.all(likelyFailures(planned)));
                if (once != null && once.run().green()) {
                    land(planned, once);
                    return false;
                }
                all = once == null ? all : once;
                if (!all.run().verdict().evidence()) {
                    return stop(planned, judge.couldNotRun(all));
                }
            }
            // A run that ended at a failure which was there before would say nothing.
            boolean failFast = policy.failFast() && judge.tolerated() == 0;
            Asked asked = new Asked(Set.of(), all.run().failures().stream().map(TestResult::id).toList(), failFast);
            int flakesBefore = flaky.size();
            CulpritSearch.Result found = search(planned, all, asked);
            if (found.notRun() != null) {
                return stop(planned, "during the search " + judge.couldNotRun(found.notRun()));
            }
            flaky.addAll(found.flaky());
            boolean newFlakes = flaky.size() > flakesBefore;
            List<CulpritSearch.Culprit> culprits = withoutFlaky(found.culprits());
            if (culprits.isEmpty() && found.spent()) {
                return stop(planned, "the tests were red, and all " + policy.repeats() + " repeated runs of a batch are used up: nobody is blamed"
                        + " on one red run alone");
            }
            if (culprits.isEmpty()) {
                // What is known to be flaky is not sought any more; otherwise there is nothing left to try.
                return newFlakes || stop(planned, "the tests are red in a way that no patch explains"
                        + (flaky.isEmpty() ? "" : "; flaky are " + String.join(", ", flaky)));
            }
            if (culprits.get(0).position() == 1 && landed.isEmpty() && baseline.remembered()) {
                // The green that the first patch is held against is a memory: see whether it still holds.
                TestRun now = test(planned, 0, List.of(), Asked.all(asked.first())).run();
                if (!now.green()) {
                    baselineHolds = !now.verdict().evidence();
                    return stop(planned, "the tests are not green without any patch any more: " + now.reason());
                }
            }
            noteDependencies(planned);
            for (CulpritSearch.Culprit culprit : culprits) {
                blame(planned, culprit, asked);
            }
            return true;
        }

        /** What has failed of late, and what has to do with the files that are changed. */
        private List<String> likelyFailures(List<PlannedPatch> planned) {
            Set<String> tests = new LinkedHashSet<>(history.keySet());
            baseline.run().results().forEach(test -> tests.add(test.id()));
            return LikelyFailures.of(tests, history, planned.stream().flatMap(patch -> patch.edits().stream()).map(FileEdit::path).toList());
        }

        /** A test that has failed and passed on the same content convicts nobody, not even where it was seen often. */
        private List<CulpritSearch.Culprit> withoutFlaky(List<CulpritSearch.Culprit> culprits) {
            List<CulpritSearch.Culprit> convicted = new ArrayList<>();
            for (CulpritSearch.Culprit culprit : culprits) {
                Set<String> symptoms = new LinkedHashSet<>(culprit.symptoms());
                symptoms.removeAll(flaky);
                if (!symptoms.isEmpty()) {
                    convicted.add(new CulpritSearch.Culprit(culprit.position(), symptoms));
                }
            }
            return convicted;
        }

        /** Searches with runs of the failing tests alone where the suite is able to; what they say counts only if runs of all tests say it too. */
        private CulpritSearch.Result search(List<PlannedPatch> planned, BatchRun all, Asked asked) throws InterruptedException {
            int symptoms = asked.first().size();
            if (suite.selective() && symptoms > 0 && symptoms <= MOST_SELECTED && planned.size() >= WORTH_SELECTING) {
                CulpritSearch.Result found = CulpritSearch.find(all, planned.size(), flaky, probe(planned, asked.only(asked.first())));
                List<CulpritSearch.Culprit> confirmed = found.notRun() == null ? confirmed(found, planned, asked) : List.of();
                if (found.notRun() != null || !confirmed.isEmpty()) {
                    return new CulpritSearch.Result(confirmed, found.flaky(), found.notRun(), found.spent());
                }
            }
            return CulpritSearch.find(all, planned.size(), flaky, probe(planned, asked));
        }

        /**
         * The culprits whom runs of all tests show as well. Tests may fail only beside others, which runs of a few do not show, and may be missing
         * where a build breaks, which is none of their failures.
         *
         * @return none if anything contradicts what was found
         */
        private List<CulpritSearch.Culprit> confirmed(CulpritSearch.Result found, List<PlannedPatch> planned, Asked asked)
                throws InterruptedException {
            List<CulpritSearch.Culprit> confirmed = new ArrayList<>();
            if (!found.flaky().isEmpty()) {
                return confirmed;
            }
            for (CulpritSearch.Culprit culprit : found.culprits()) {
                BatchRun with = test(planned, culprit.position(), List.of(), asked);
                BatchRun without = culprit.position() == 1 ? null : test(planned, culprit.position() - 1, List.of(), asked);
                Set<String> shown = new LinkedHashSet<>();
                for (String symptom : culprit.symptoms()) {
                    Boolean showsWith = CulpritSearch.shows(with, symptom, flaky);
                    Boolean showsWithout = without == null ? Boolean.FALSE : CulpritSearch.shows(without, symptom, flaky);
                    if (Boolean.FALSE.equals(showsWith) || Boolean.TRUE.equals(showsWithout)) {
                        return List.of();
                    }
                    if (showsWith != null && showsWithout != null) {
                        shown.add(symptom);
                    }
                }
                if (!shown.isEmpty()) {
                    confirmed.add(new CulpritSearch.Culprit(culprit.position(), shown));
                }
            }
            return confirmed;
        }

        private CulpritSearch.Probe probe(List<PlannedPatch> planned, Asked asked) {
            return new CulpritSearch.Probe() {
                @Override
                public BatchRun test(int length) throws InterruptedException {
                    return test(length, List.of());
                }

                @Override
                public BatchRun test(int length, List<Integer> likely) throws InterruptedException {
                    return Batch.this.test(planned, length, likely, asked);
                }

                @Override
                public @Nullable BatchRun again(int length) throws InterruptedException {
                    return Batch.this.again(planned.subList(0, length), asked);
                }
            };
        }

        /** Another run of what was run before; null if that was done too often. */
        private @Nullable BatchRun again(List<PlannedPatch> planned, Asked asked) throws InterruptedException {
            if (repeated == policy.repeats()) {
                return null;
            }
            repeated++;
            return seen(probes.again(base, landed, planned, asked, flaky, decided(), patches.size()), asked);
        }

        /** Looks again at a tree that was red before any patch: what passes now is flaky, and the tree is no worse than its flakes. */
        private boolean baselineIsFlaky() throws InterruptedException {
            BatchRun now = baseline.run().verdict().evidence()
                    ? again(List.of(), Asked.all(baseline.run().failures().stream().map(TestResult::id).toList())) : null;
            if (now == null || !now.run().green()) {
                return false;
            }
            List<TestResult> failures = baseline.run().failures();
            failures.forEach(test -> flaky.add(test.id()));
            if (failures.isEmpty()) {
                flaky.add(CulpritSearch.WHOLE_RUN);
            }
            goodBefore = true;
            return true;
        }

        private BatchRun test(List<PlannedPatch> planned, int length, List<Integer> likely, Asked asked) throws InterruptedException {
            List<List<PlannedPatch>> next = likely.stream().map(prefix -> planned.subList(0, prefix)).toList();
            BatchRun run = seen(probes.test(base, landed, planned.subList(0, length), next, asked, decided(), patches.size()), asked);
            if (run.run().green() && asked.only().isEmpty()) {
                longestGreen = Math.max(longestGreen, length);
            }
            return run;
        }

        private BatchRun seen(BatchRun run, Asked asked) {
            BatchRun seen = judge.seen(run);
            return asked.only().isEmpty() ? seen : Judge.ofSome(seen);
        }

        private void land(List<PlannedPatch> planned, BatchRun green) {
            base = base.copy();
            for (PlannedPatch patch : planned) {
                base.apply(patch.edits());
                landed.add(patch.patch().id());
                String reason = landedOn(green) + (patch.note().isEmpty() ? "" : "; " + patch.note());
                outcomes.put(patch.patch().id(), withDiffs(patch, PatchOutcome.Applied.of(patch.patch(), reason,
                        patch.edits().stream().map(edit -> edit.path()).toList())));
            }
            lastGreen = green;
        }

        private String landedOn(BatchRun run) {
            int tolerated = probes.asRun(run).green() ? 0 : judge.tolerated();
            return tolerated == 0 ? "green in run " + run.number()
                    : "nothing new failed in run " + run.number() + ": " + tolerated + (tolerated == 1 ? " test" : " tests") + " failed before any patch";
        }

        private PatchOutcome.Applied withDiffs(PlannedPatch planned, PatchOutcome.Applied applied) {
            if (roomForDiffs <= 0) {
                return applied;
            }
            Patch diff = ExactDiff.of(planned);
            Patch inverse = ExactDiff.inverse(planned);
            roomForDiffs -= (long) diff.size() + inverse.size();
            return roomForDiffs < 0 ? applied : applied.with(diff, inverse);
        }

        private void blame(List<PlannedPatch> planned, CulpritSearch.Culprit culprit, Asked asked) throws InterruptedException {
            Patch patch = planned.get(culprit.position() - 1).patch();
            BatchRun with = test(planned, culprit.position(), List.of(), asked);
            int without = culprit.position() > 1 ? test(planned, culprit.position() - 1, List.of(), asked).number()
                    : lastGreen == null ? 0 : lastGreen.number();
            List<TestResult> failures = with.run().failures().stream().filter(test -> culprit.symptoms().contains(test.id())).toList();
            String reason = failures.isEmpty()
                    ? "red with it in run " + with.number() + ": " + with.run().reason()
                    : failures.size() + (failures.size() == 1 ? " test that passed " : " tests that passed ")
                            + (without == 0 ? "before any patch" : "in run " + without) + (failures.size() == 1 ? " fails" : " fail")
                            + " with it in run " + with.number();
            outcomes.put(patch.id(), PatchOutcome.Blamed.of(patch, Untrusted.block(reason, 2000), Blame.of(without, with.number(), failures)));
            takenOut.add(patch.id());
            listener.onProgress(Progress.of(CyclePhase.GATE, "culprit found: " + patch.id(), decided(), patches.size()));
        }

        /** Ends without knowing more: what was seen green lands, the rest stays undecided. */
        private boolean stop(List<PlannedPatch> planned, String why) throws InterruptedException {
            List<PlannedPatch> left = planned;
            if (longestGreen > 0) {
                BatchRun run = test(planned, longestGreen, List.of(), Asked.all(List.of()));
                if (run.run().green()) {
                    land(planned.subList(0, longestGreen), run);
                    left = planned.subList(longestGreen, planned.size());
                }
            }
            left.forEach(patch -> outcomes.put(patch.patch().id(), PatchOutcome.Undecided.of(patch.patch(), Untrusted.block(why, 2000))));
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

        private BatchResult report() {
            List<PatchOutcome> ordered = new ArrayList<>();
            for (Patch patch : patches) {
                PatchOutcome outcome = outcomes.get(patch.id());
                if (outcome == null) {
                    throw new IllegalStateException("no outcome for " + patch.id());
                }
                ordered.add(outcome);
            }
            Map<String, String> checksums = patches.stream().collect(Collectors.toMap(Patch::id, planner.checksums()::of));
            return new BatchResult(ordered, checksums, baseline.run(), probes.runs(), Math.max(0, runsOneByOne), List.copyOf(flaky),
                    candidates.isEmpty() ? transaction.restored() : untouched(), transaction.foreignChanges(), List.of());
        }

        /** The files that were changed in copies only, read again as proof. */
        private List<RestoredFile> untouched() {
            List<RestoredFile> untouched = new ArrayList<>();
            for (String path : probes.changed()) {
                Optional<FileContent> before = base.disk().getOrDefault(path, Optional.empty());
                if (base.disk().containsKey(path) && base.overlay().getOrDefault(path, before).equals(before)) {
                    Optional<FileContent> now = tree().read(path);
                    untouched.add(RestoredFile.of(path, before.map(FileContent::sha256).orElse(null), now.map(FileContent::sha256).orElse(null)));
                }
            }
            return untouched;
        }
    }
}
