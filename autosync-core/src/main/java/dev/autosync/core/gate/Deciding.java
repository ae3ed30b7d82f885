package dev.autosync.core.gate;

import dev.autosync.CyclePhase;
import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import dev.autosync.core.culprit.Findings;
import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.Search;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.testing.LikelyFailures;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Blame;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.Reproduction;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides about a batch, round by round: all together, and if that is red, those that a search finds. */
final class Deciding {
    /** So often a search begins again because something was found out about which patches need which. */
    private static final int MOST_BEGINNINGS = 50;

    private final OpenBatch batch;
    private final Probes probes;
    private final Baseline baseline;
    private final Map<String, Double> history;
    private final Searches searches;
    private final TestPolicy policy;
    private final ProgressListener listener;
    private final Judge judge;
    private final Budget budget;
    private final PaidRuns runs;
    private final Steadiness steadiness;
    private final int patches;
    private boolean goodBefore;
    private boolean baselineHolds = true;
    private boolean baseSeen;
    /** Whether it may not be the patches at all: then nobody is blamed. */
    private boolean baseUnproven;
    private final List<Reproduction> combinations = new ArrayList<>();
    private @Nullable BatchRun lastGreen;

    /**
     * The decision about a batch.
     *
     * @param patches how many there are, for those who watch
     * @param history how often tests have failed of late
     * @param experience what earlier batches tell
     * @param searches find those that make it red
     */
    Deciding(OpenBatch batch, int patches, Probes probes, Baseline baseline, Map<String, Double> history, Experience experience, Searches searches, TestPolicy policy,
            ProgressListener listener) {
        this.batch = batch;
        this.patches = patches;
        this.probes = probes;
        this.baseline = baseline;
        this.history = history;
        this.searches = searches;
        this.policy = policy;
        this.listener = listener;
        this.judge = new Judge(policy, baseline.run());
        this.goodBefore = judge.passes(baseline.run());
        this.budget = new Budget(policy.culprits(), System::nanoTime);
        this.runs = new PaidRuns(probes, judge, budget);
        this.steadiness = new Steadiness(runs, judge, experience);
    }

    /** Decides every patch. */
    void decide() throws InterruptedException {
        Round round = batch.plan();
        while (round.size() > 0) {
            int before = batch.decided();
            decide(round);
            if (batch.decided() == before) {
                stop(round, unexplained());
            }
            probes.decided(batch.decided());
            round = batch.plan();
        }
    }

    /** The run of exactly what is left; empty if nothing has landed. */
    Optional<TestRun> lastGreen() {
        return Optional.ofNullable(lastGreen).map(probes::asRun);
    }

    /** Whether no run of the tree before the batch has contradicted what was remembered of it. */
    boolean baselineHolds() {
        return baselineHolds;
    }

    /**
     * What has become of the batch.
     *
     * @param restored what was put back
     * @param foreign what others have changed
     * @param changes what the tests have changed
     */
    BatchResult report(List<RestoredFile> restored, List<String> foreign, List<TestChange> changes) {
        int first = batch.firstPlanned();
        // Side by side they end in any order.
        List<BatchRun> runs = probes.runs().stream().sorted(Comparator.comparingInt(BatchRun::number)).toList();
        return new BatchResult(batch.outcomes(), batch.checksums(), baseline.run(), runs, first == 0 || baseline.remembered() ? first : first + 1,
                List.copyOf(probes.flaky()), restored, foreign, changes, combinations);
    }

    /** Decides at least one patch. */
    private void decide(Round round) throws InterruptedException {
        boolean red = !goodBefore && !batch.hasLanded();
        if (red && policy.redBaseline() == TestPolicy.RedBaseline.STOP) {
            stop(round, "the tests were not green before any patch (" + baseline.run().reason() + "), and the policy for a red baseline is to stop");
            return;
        }
        Asked whole = Asked.all(likelyFailures(round));
        Round.Part all = round.part(round.all()).orElseThrow();
        Optional<String> spent = probes.known(all.candidate().ids(), whole).isEmpty() ? budget.spent() : Optional.empty();
        if (spent.isPresent()) {
            stop(round, spent.get());
            return;
        }
        BatchRun run = runs.test(all, whole);
        if (run.run().green()) {
            landIfSteady(round, round.all(), List.of(), Map.of());
            return;
        }
        if (!run.run().verdict().evidence()) {
            stop(round, judge.couldNotRun(run));
            return;
        }
        if (red && !baselineIsFlaky(round)) {
            stop(round, "the tests were not green before any patch (" + baseline.run().reason() + "), nor were they with all: nobody can be blamed");
            return;
        }
        search(round, run);
    }

    private void search(Round round, BatchRun all) throws InterruptedException {
        // A run that ended at a failure which was there before would say nothing.
        boolean failFast = policy.failFast() && judge.tolerated() == 0;
        Asked asked = new Asked(Set.of(), all.run().failures().stream().map(TestResult::id).toList(), failFast);
        Needs needs = round.needs();
        SearchRun.Result result = make(round, asked, needs, all);
        // What is asked for again is known by now.
        for (int again = 0; !result.needs().isEmpty() && again < MOST_BEGINNINGS; again++) {
            needs = needs.with(result.needs());
            result = make(round, asked, needs, all);
        }
        take(round, result);
    }

    /** One search after the other, until one has found something. */
    private SearchRun.Result make(Round round, Asked asked, Needs needs, BatchRun all) throws InterruptedException {
        SearchRun.Result result = null;
        for (Search search : searches.of(round.planned(), needs, all, probes.flaky(), probes.places())) {
            result = new SearchRun(round, probes, judge, asked, budget, watcher(round)).make(search);
            if (result.why() != null || !result.findings().convicted().isEmpty() || !result.findings().green().isEmpty() || !result.findings().combinations().isEmpty()) {
                return result;
            }
        }
        return Objects.requireNonNull(result, "there is always a search");
    }

    private SearchRun.Watcher watcher(Round round) {
        return new SearchRun.Watcher() {
            @Override
            public @Nullable String convicted(int patch, List<BatchRun> log) throws InterruptedException {
                return found(round, patch, log);
            }

            @Override
            public @Nullable String nothingEverPassed(List<BatchRun> log) throws InterruptedException {
                return whyNotGreenWithoutAny(round, log);
            }
        };
    }

    private @Nullable String found(Round round, int place, List<BatchRun> log) throws InterruptedException {
        String why = whyNotGreenWithoutAny(round, log);
        if (why == null) {
            listener.onProgress(Progress.of(CyclePhase.GATE, "culprit found: " + round.patch(place).id(), batch.decided(), patches));
        }
        return why;
    }

    /** Where no run has been green, it may not be the patches: see whether the tree without any still is. */
    private @Nullable String whyNotGreenWithoutAny(Round round, List<BatchRun> log) throws InterruptedException {
        if (baseSeen || batch.hasLanded() || SearchRun.greenInFull(log)) {
            return null;
        }
        Optional<String> spent = budget.spent();
        if (spent.isPresent()) {
            baseUnproven = true;
            return spent.get();
        }
        baseSeen = true;
        TestRun now = runs.again(round, List.of(), List.of()).run();
        if (now.green()) {
            return null;
        }
        baselineHolds = !now.verdict().evidence();
        baseUnproven = true;
        return "the tests are not green without any patch any more: " + now.reason();
    }

    private void take(Round round, SearchRun.Result result) throws InterruptedException {
        Findings findings = result.findings();
        if (baseUnproven) {
            stop(round, Objects.requireNonNull(result.why(), "a base that is not proven ends a search"));
            return;
        }
        probes.flaky().addAll(findings.flaky());
        Evidence evidence = new Evidence(judge.seen(BatchRun.of(0, List.of(), baseline.run())), result.log(), probes::content);
        findings.convicted().forEach(conviction -> blame(round, conviction, evidence));
        findings.combinations().forEach(combined -> combine(round, combined));
        if (!findings.green().isEmpty()) {
            landIfSteady(round, findings.green(), result.log(), needs(round, findings));
        }
        // What depends on one that was taken out has still to be tried without it.
        Set<String> culprits = Stream.concat(findings.convicted().stream().map(Conviction::patch), findings.combinations().stream().map(Findings.Combined::out))
                .map(place -> round.patch(place).id()).collect(Collectors.toSet());
        List<Patch> undecided = findings.undecided().stream().map(round::patch).filter(patch -> Collections.disjoint(round.allBelow(patch.id()), culprits)).toList();
        batch.undecided(undecided, result.why() != null ? result.why() : unexplained());
    }

    /** Lets patches land that were green, unless that may have been luck. */
    private void landIfSteady(Round round, List<Integer> green, List<BatchRun> log, Map<String, List<String>> needs) throws InterruptedException {
        Optional<Steadiness.Doubt> doubt = steadiness.doubt(round, green, log);
        if (doubt.isPresent()) {
            batch.undecided(green.stream().map(round::patch).toList(), doubt.get().why(), doubt.get().tests());
        } else {
            land(round, green, green(round, green), needs);
        }
    }

    private String unexplained() {
        return "the tests are red in a way that no patch explains" + (probes.flaky().isEmpty() ? "" : "; flaky are " + Judge.names(probes.flaky()));
    }

    /** What has failed of late, and what has to do with the files that are changed. */
    private List<String> likelyFailures(Round round) {
        Set<String> tests = new LinkedHashSet<>(history.keySet());
        baseline.run().results().forEach(test -> tests.add(test.id()));
        return LikelyFailures.of(tests, history, round.planned().stream().flatMap(patch -> patch.edits().stream()).map(FileEdit::path).toList());
    }

    /** Looks again at a tree that was red before any patch: what passes now is flaky, and the tree is no worse than its flakes. */
    private boolean baselineIsFlaky(Round round) throws InterruptedException {
        if (!baseline.run().verdict().evidence() || budget.spent().isPresent()) {
            return false;
        }
        List<TestResult> failures = baseline.run().failures();
        BatchRun now = runs.again(round, List.of(), failures.stream().map(TestResult::id).toList());
        if (!now.run().green()) {
            return false;
        }
        failures.forEach(test -> probes.flaky().add(test.id()));
        steadiness.flakyWithoutPatches(failures.stream().map(TestResult::id).toList());
        if (failures.isEmpty()) {
            probes.flaky().add(Steadiness.WHOLE_RUN);
        }
        goodBefore = true;
        return true;
    }

    private BatchRun green(Round round, List<Integer> places) {
        return probes.known(round.ids(places), Asked.all(List.of())).stream().map(judge::seen).filter(run -> run.run().green()).findFirst().orElseThrow();
    }

    /** What those that land need without saying so: it was red without, and green with it. */
    private static Map<String, List<String>> needs(Round round, Findings findings) {
        Map<String, List<String>> needs = new HashMap<>();
        findings.needs().forEach((patch, others) -> {
            List<Integer> there = others.stream().filter(findings.green()::contains).toList();
            needs.put(round.patch(patch).id(), there.stream().map(other -> round.patch(other).id()).toList());
        });
        return needs;
    }

    /** Of patches that are bad only together the latest does not land; none of them is blamed. */
    private void combine(Round round, Findings.Combined combined) {
        Patch out = round.patch(combined.out());
        List<String> others = combined.patches().stream().filter(patch -> patch != combined.out()).map(patch -> round.patch(patch).id()).toList();
        List<String> tree = round.ids(combined.reproduction().patches());
        BatchRun run = probes.known(tree, Asked.all(List.of())).stream().map(judge::seen).filter(made -> !made.run().green()).findFirst().orElse(null);
        List<String> all = round.ids(combined.patches());
        combinations.add(Reproduction.of(tree, run == null ? "" : probes.content(run.number()), run == null ? 0 : run.number(), !batch.hasLanded()));
        batch.combined(out, others, "bad only together with " + String.join(", ", others)
                + (run == null ? "" : ": run " + run.number() + " is red with just these" + (tree.equals(all) ? "" : " and what they need"))
                + String.format(Locale.ROOT, "; %.1f %% sure. Of these the latest was taken out, none is to blame alone", 100 * combined.probability()));
    }

    private void land(Round round, List<Integer> places, BatchRun green, Map<String, List<String>> needs) {
        int tolerated = probes.asRun(green).green() ? 0 : judge.tolerated();
        int more = runs.greens(round.ids(places)) - 1;
        String run = "run " + green.number() + (more > 0 ? " and in " + more + " more" : "");
        String reason = tolerated == 0 ? "green in " + run
                : "nothing new failed in " + run + ": " + tolerated + (tolerated == 1 ? " test" : " tests") + " failed before any patch";
        batch.land(round.part(places).orElseThrow().patches(), reason, needs);
        lastGreen = green;
    }

    private void blame(Round round, Conviction conviction, Evidence evidence) {
        Patch patch = round.patch(conviction.patch());
        Blame blame = evidence.against(patch.id(), conviction);
        List<TestResult> failures = blame.failures();
        String reason = failures.isEmpty() ? "red with it in run " + blame.runWith()
                : failures.size() + (failures.size() == 1 ? " test that passed " : " tests that passed ")
                        + (blame.runWithout() == 0 ? "before any patch" : "in run " + blame.runWithout()) + (failures.size() == 1 ? " fails" : " fail")
                        + " with it in run " + blame.runWith();
        batch.blame(patch, round, reason + String.format(Locale.ROOT, "; %.1f %% sure", 100 * blame.probability()), blame);
    }

    /** Ends without knowing more. */
    private void stop(Round round, String why) {
        batch.undecided(round.all().stream().map(round::patch).toList(), why);
    }
}
