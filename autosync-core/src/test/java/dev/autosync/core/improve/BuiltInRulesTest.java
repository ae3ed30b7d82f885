package dev.autosync.core.improve;

import static dev.autosync.core.improve.Troubles.batches;
import static dev.autosync.core.improve.Troubles.changesPastTheTests;
import static dev.autosync.core.improve.Troubles.culprits;
import static dev.autosync.core.improve.Troubles.failures;
import static dev.autosync.core.improve.Troubles.filesChangeUnderTheTests;
import static dev.autosync.core.improve.Troubles.flakyTest;
import static dev.autosync.core.improve.Troubles.grownStore;
import static dev.autosync.core.improve.Troubles.longTests;
import static dev.autosync.core.improve.Troubles.longWaits;
import static dev.autosync.core.improve.Troubles.missedTarget;
import static dev.autosync.core.improve.Troubles.slowerStore;
import static dev.autosync.core.improve.Troubles.slowerTests;
import static dev.autosync.core.improve.Troubles.stalePatches;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.testkit.SampleContext;
import dev.autosync.testkit.SampleHistory;
import dev.autosync.testkit.SampleTrends;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Trend.Movement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule speaks where its trouble is, and not where there is a little less of it. */
class BuiltInRulesTest {

    @Test
    void knowsWhenTheJsonStoreHasGrown() {
        JsonStoreHasGrown rule = new JsonStoreHasGrown();
        Suggestion suggestion = only(rule, grownStore());
        assertThat(suggestion.key()).isEqualTo("json-store-has-grown");
        assertThat(suggestion.score()).isEqualTo(ImpactScore.of(5, 3, 2, 5));
        assertThat(suggestion.watches()).contains("cycle-seconds");
        assertThat(suggestion.evidence().get(0).text()).isEqualTo("the store holds 50,000 events");
        assertThat(suggestion.evidence().get(0).events()).containsExactly(1L);
        assertSilent(rule, grownStore().store("json", 49_999));
        assertSilent(rule, grownStore().store("sqlite", 50_000_000));
        assertThat(rule.adopted(suggestion, grownStore().store("sqlite", 50_000))).isTrue();
        assertThat(rule.adopted(suggestion, grownStore())).isFalse();
    }

    @Test
    void knowsWhenCyclesSpendMoreAndMoreOnTheirHistory() {
        JsonStoreHasGrown rule = new JsonStoreHasGrown();
        assertThat(only(rule, slowerStore(0.51)).evidence().get(0).text())
                .isEqualTo("a cycle spends 0.510 s on its history, and spent 0.250 s before (medians of 10 cycles each)");
        assertSilent(rule, slowerStore(0.49)); // not twice as long
        assertSilent(rule, SampleContext.of(slowerStore(0.51).history().subList(5, 100))); // nineteen cycles
    }

    @Test
    void knowsWhenLocksAreHeldTooLong() {
        ClumsyLocking rule = new ClumsyLocking();
        Suggestion suggestion = only(rule, longWaits(5, 1, 0.2));
        assertThat(suggestion.score()).isEqualTo(ImpactScore.of(4, 2, 2, 4));
        assertThat(suggestion.watches()).contains("lock-wait-seconds");
        assertThat(suggestion.evidence().get(0).events()).hasSize(5);
        assertThat(suggestion.evidence().get(0).text())
                .isEqualTo("5 of the last 20 cycles waited for the workspace, 1 s or 20 % of the cycle (medians)");
        assertSilent(rule, longWaits(4, 100, 0.9)); // too seldom
        assertSilent(rule, longWaits(20, 0.99, 0.9)); // too short to be noticed
        assertSilent(rule, longWaits(20, 60, 0.19)); // little beside the work
    }

    @Test
    void forgetsWaitsThatAreLongAgo() {
        List<ImprovementContext> contexts = List.of(
                new SampleHistory().cycles(5, Troubles.LONG_WAIT).cycles(15, cycle -> { }).context(),
                new SampleHistory().cycles(5, Troubles.LONG_WAIT).cycles(16, cycle -> { }).context());
        assertThat(contexts).extracting(context -> new ClumsyLocking().examine(context).size()).containsExactly(1, 0);
    }

    @Test
    void knowsWhenTheTreeIsChangedPastTheTests() {
        TestsApartFromPatches rule = new TestsApartFromPatches();
        Suggestion suggestion = only(rule, changesPastTheTests(3));
        assertThat(suggestion.score()).isEqualTo(ImpactScore.of(5, 3, 3, 5));
        assertThat(suggestion.watches()).contains("success");
        assertThat(suggestion.evidence().get(0).text()).startsWith("3 times in the last 7 cycles");
        assertThat(suggestion.evidence().get(0).events()).hasSize(6);
        assertSilent(rule, changesPastTheTests(2));
    }

    @Test
    void countsOnlyChangesFromOutsideThatTurnAGreenTreeRed() {
        TestsApartFromPatches rule = new TestsApartFromPatches();
        SampleHistory ourOwn = new SampleHistory();
        SampleHistory harmless = new SampleHistory();
        SampleHistory redSince = new SampleHistory().cycle();
        for (int i = 0; i < 10; i++) {
            String theirs = "theirs-" + i;
            ourOwn.cycle("green", cycle -> cycle.content("same", "same"))
                    .cycle("red", cycle -> cycle.content("same", "same").testRun("baseline", 1, "same", "T#a"));
            harmless.cycle("green", cycle -> cycle.content(theirs, theirs).testRun("baseline", 1, theirs));
            redSince.cycle("red", cycle -> cycle.content(theirs, theirs).testRun("baseline", 1, theirs, "T#a"));
        }
        assertSilent(rule, ourOwn.context());
        assertSilent(rule, harmless.context());
        assertSilent(rule, redSince.context());
    }

    @Test
    void knowsFlakyTests() {
        FlakyTests rule = new FlakyTests();
        Suggestion suggestion = only(rule, flakyTest(2, 40));
        assertThat(suggestion.key()).isEqualTo("flaky-tests:T#flaky");
        assertThat(suggestion.score()).isEqualTo(ImpactScore.of(3, 3, 1, 5));
        assertThat(suggestion.watches()).contains("retries");
        assertThat(suggestion.evidence().get(0).events()).containsExactly(1L, 2L);
        assertThat(only(rule, flakyTest(3, 17)).score().impact()).isEqualTo(5); // 4 of 19
        assertThat(only(rule, flakyTest(3, 19)).score().impact()).isEqualTo(3); // 4 of 21
        assertSilent(rule, flakyTest(1, 40));
        assertThat(only(rule, flakyTest(2, 40).trends(SampleTrends.of(Troubles.trend("failures:T#flaky", Kpi.Direction.DOWN,
                Movement.STEADY, 0, List.of(1.0)))
                .flaky(FlakyTest.of("T#flaky", 40, 2, List.of())))).watches()).contains("failures:T#flaky");
    }

    @Test
    void namesNotMoreFlakyTestsThanAnybodyReads() {
        FlakyTest[] tests = new FlakyTest[30];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = FlakyTest.of("T#flaky" + i, 10, 5, List.of());
        }
        assertThat(new FlakyTests().examine(new SampleHistory().cycle().context().trends(SampleTrends.of().flaky(tests)))).hasSize(10);
    }

    @Test
    void knowsTestsThatGetSlower() {
        SlowTests rule = new SlowTests();
        Suggestion suggestion = only(rule, slowerTests(0.61)); // 11.6 s at a median of 45.8 s: 25.3 %
        assertThat(suggestion.watches()).contains("test-seconds");
        assertThat(suggestion.evidence().get(0).events()).hasSize(20);
        assertSilent(rule, slowerTests(0.60));
        assertSilent(rule, slowerTests(0.61).trends(SampleTrends.of(Troubles.trend("test-seconds", Kpi.Direction.DOWN, Movement.STEADY, 9,
                List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)))));
    }

    @Test
    void knowsTestsThatTakeNearlyAllOfLongCycles() {
        SlowTests rule = new SlowTests();
        assertThat(only(rule, longTests(10, 300, 0.8)).evidence().get(0).text())
                .isEqualTo("a cycle takes 300 s, 80 % of it the tests (medians of 10 cycles)");
        assertSilent(rule, longTests(9, 300, 0.8));
        assertSilent(rule, longTests(20, 299, 0.99));
        assertSilent(rule, longTests(20, 3000, 0.79));
    }

    @Test
    void knowsWhereCulpritsAre() {
        CulpritsInOnePlace rule = new CulpritsInOnePlace();
        Suggestion suggestion = only(rule, culprits(3, 3));
        assertThat(suggestion.key()).isEqualTo("culprits-in-one-place:org.example.PriceTest");
        assertThat(suggestion.evidence().get(0).text()).startsWith("3 of 6 patches");
        assertThat(suggestion.evidence().get(0).events()).hasSize(3);
        assertThat(suggestion.watches()).contains("culprits");
        assertSilent(rule, culprits(3, 4)); // not most of them
        assertSilent(rule, culprits(2, 0)); // two may be chance
    }

    @Test
    void namesTheFileThatMostCulpritsTouch() {
        CulpritsInOnePlace rule = new CulpritsInOnePlace();
        assertThat(only(rule, Troubles.culpritsOf(6, 3)).evidence()).extracting(Evidence::text)
                .containsExactly("6 of 6 patches that were taken out of late broke it", "3 of them touch src/Price.java");
        assertThat(only(rule, Troubles.culpritsOf(6, 3)).evidence().get(1).events()).hasSize(3);
        assertThat(only(rule, Troubles.culpritsOf(7, 3)).evidence()).hasSize(1); // not most of them
        assertThat(only(rule, Troubles.culpritsOf(4, 2)).evidence()).hasSize(1); // two may be chance
    }

    @Test
    void knowsWhenBatchesAreTooSmall() {
        BatchesTooSmall rule = new BatchesTooSmall();
        Suggestion suggestion = only(rule, batches(3));
        assertThat(suggestion.key()).isEqualTo("batch-size");
        assertThat(suggestion.score()).isEqualTo(ImpactScore.of(4, 2, 2, 4));
        assertThat(suggestion.watches()).contains("runs-per-patch");
        assertThat(suggestion.evidence().get(0).text()).startsWith("batches of 3 (median of 20 cycles) are expected to take 0.")
                .endsWith(": 1 of 60 patches were bad, 0 of 60 runs of what is good were red");
        assertThat(suggestion.evidence().get(0).events()).hasSize(20);
        assertSilent(rule, batches(12));
        assertSilent(rule, batches(100)); // too large takes hardly more runs
        assertSilent(rule, SampleContext.of(batches(3).history().stream().limit(4 * 7).toList())); // four cycles
        assertSilent(rule, new SampleHistory().cycles(20, cycle -> { }).context());
    }

    @Test
    void doesNotAskForBatchesWhereMostPatchesAreBad() {
        SampleHistory history = new SampleHistory();
        for (int i = 0; i < 30; i++) {
            String patch = "p" + i;
            history.cycle("green", cycle -> cycle.patch(patch, patch.endsWith("0") ? "applied" : "blamed").number("blamed", 1));
        }
        assertSilent(new BatchesTooSmall(), history.context());
    }

    @Test
    void countsACulpritOnceAndBelievesNoFlakyTest() {
        CulpritsInOnePlace rule = new CulpritsInOnePlace();
        SampleHistory lyingThere = new SampleHistory().cycles(10, cycle -> cycle.patch("one", "blamed", "org.example.PriceTest#adds"));
        assertSilent(rule, lyingThere.context());
        assertSilent(rule, culprits(5, 0).trends(SampleTrends.of().flaky(FlakyTest.of("org.example.PriceTest#waits", 9, 2, List.of()))));
    }

    @Test
    void knowsPatchesThatComeTooLate() {
        StalePatches rule = new StalePatches();
        Suggestion suggestion = only(rule, stalePatches(5, 15));
        assertThat(suggestion.evidence().get(0).text()).isEqualTo("5 of 20 patches of the last 20 cycles were conflicted or ambiguous");
        assertThat(suggestion.watches()).isEmpty();
        assertSilent(rule, stalePatches(4, 0));
        SampleHistory most = new SampleHistory().cycle("green", cycle -> {
            for (int i = 0; i < 21; i++) {
                cycle.patch("patch-" + i, i < 5 ? "conflicted" : "applied");
            }
        });
        assertSilent(rule, most.context());
        assertSilent(rule, new SampleHistory().cycles(20, cycle -> cycle.patch("lies-there", "conflicted")).context());
    }

    @Test
    void knowsFilesThatChangeUnderTheTests() {
        BuildOutputInSnapshots rule = new BuildOutputInSnapshots();
        Suggestion suggestion = only(rule, filesChangeUnderTheTests(5));
        assertThat(suggestion.solution()).contains("snapshot.exclude");
        assertThat(suggestion.evidence().get(0).events()).hasSize(5);
        assertSilent(rule, filesChangeUnderTheTests(4));
    }

    @Test
    void knowsFiguresThatStayOffTheirTarget() {
        KpiOffTarget rule = new KpiOffTarget();
        Suggestion suggestion = only(rule, missedTarget(5, Movement.STEADY));
        assertThat(suggestion.key()).isEqualTo("kpi-off-target:coverage");
        assertThat(suggestion.watches()).contains("kpi:coverage");
        assertThat(suggestion.evidence().get(0).text()).startsWith("missed its target of 80% in the last 5 cycles");
        assertThat(suggestion.evidence().get(0).events()).hasSize(5);
        assertThat(only(rule, missedTarget(5, Movement.FALLING))).isNotNull();
        assertSilent(rule, missedTarget(5, Movement.RISING)); // on its way
        assertSilent(rule, missedTarget(4, Movement.STEADY));
        assertSilent(rule, missedTarget(5, Movement.STEADY).trends(SampleTrends.of().kpis(Kpi.of("coverage", 70))));
    }

    @Test
    void knowsCyclesThatKeepFailing() {
        FailingCycles rule = new FailingCycles();
        Suggestion suggestion = only(rule, failures("AS-1303", 3));
        assertThat(suggestion.key()).isEqualTo("failing-cycles:AS-1303");
        assertThat(suggestion.evidence().get(0).events()).containsExactly(2L, 4L, 6L);
        assertSilent(rule, failures("AS-1303", 2));
        assertSilent(rule, failures("interrupted", 9));
    }

    @Test
    void haveDifferentNames() {
        assertThat(BuiltInRules.all()).extracting(ImprovementRule::name).doesNotHaveDuplicates().isSorted().hasSize(11);
    }

    private static Suggestion only(ImprovementRule rule, ImprovementContext context) {
        List<Suggestion> suggestions = rule.examine(context);
        assertThat(suggestions).hasSize(1);
        return suggestions.get(0);
    }

    private static void assertSilent(ImprovementRule rule, ImprovementContext context) {
        assertThat(rule.examine(context)).isEmpty();
    }
}
