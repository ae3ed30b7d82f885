package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
import dev.autosync.patch.Reproduction;
import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.CulpritSearch.Strategy;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches that are bad only together, and patches that are good only together, through the whole gate. */
class CombinationsTest {
    @TempDir
    Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("readme"), "something\n");
    }

    /** Answers by what patches there are; able to run side by side. */
    private record Rule(Function<Set<Integer>, TestRun> rule) implements TestSuite {
        @Override
        public TestRun run(TestContext context) {
            Set<Integer> patches = new TreeSet<>();
            IntStream.rangeClosed(1, 64).filter(i -> Files.exists(context.workspace().resolve("f" + i))).forEach(patches::add);
            return rule.apply(patches);
        }

        @Override
        public boolean concurrent() {
            return true;
        }
    }

    private static TestRun fails(boolean a) {
        return TestRun.of(a ? Verdict.RED : Verdict.GREEN, a ? "red" : "green", List.of(TestResult.of("a", a ? Status.FAILED : Status.PASSED, Duration.ZERO, ""),
                TestResult.of("b", Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
    }

    private static TestRun broken() {
        return TestRun.of(Verdict.RED, "does not compile", List.of(), Duration.ZERO);
    }

    private BatchReport run(int patches, Isolation isolation, CulpritSearch search, Function<Set<Integer>, TestRun> rule) throws InterruptedException {
        return PatchRunner.builder(workspace).tests(new Rule(rule)).isolation(isolation).testPolicy(TestPolicy.ofDefaults().culprits(search)).build().run(
                PatchBatch.of(IntStream.rangeClosed(1, patches).mapToObj(i -> Patch.write("p" + i, "f" + i, new byte[] {'x', '\n'})).toList()));
    }

    private BatchReport run(int patches, int copies, Function<Set<Integer>, TestRun> rule) throws InterruptedException {
        return run(patches, copies == 0 ? Isolation.inPlace() : Isolation.candidates(copies), CulpritSearch.ofDefaults(), rule);
    }

    private static List<String> ids(BatchReport report, Kind kind) {
        return report.outcomes(kind).stream().map(PatchOutcome::patch).map(Patch::id).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void namesTwoThatAreBadOnlyTogetherAndBlamesNeither(int copies) throws Exception {
        BatchReport report = run(16, copies, patches -> fails(patches.contains(4) && patches.contains(11)));

        assertThat(report.combinations()).singleElement().satisfies(found -> {
            assertThat(found.patches()).containsExactly("p4", "p11");
            assertThat(found.isMinimal()).isTrue();
            assertThat(found.content()).isNotEmpty();
        });
        assertThat(ids(report, Kind.BLAMED)).isEmpty();
        assertThat(ids(report, Kind.DROPPED)).containsExactly("p11");
        assertThat(((PatchOutcome.Dropped) report.outcomes(Kind.DROPPED).get(0)).because()).containsExactly("p4");
        assertThat(ids(report, Kind.APPLIED)).hasSize(15).contains("p4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void blamesOnlyTheCulpritWhereTwoOthersDoNotCompileWithoutEachOther(int copies) throws Exception {
        BatchReport report = run(12, copies, patches -> patches.contains(2) != patches.contains(9) ? broken() : fails(patches.contains(6)));

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p6");
        assertThat(ids(report, Kind.APPLIED)).hasSize(11);
    }

    @Test
    void saysWhichPatchOneNeedsThatDoesNotNameIt() throws Exception {
        BatchReport report = run(4, 0, patches -> patches.contains(2) != patches.contains(4) ? broken() : fails(patches.contains(3)));

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p3");
        assertThat(report.outcomes(Kind.APPLIED)).extracting(outcome -> ((PatchOutcome.Applied) outcome).needsOneOf()).containsExactly(List.of(), List.of("p4"), List.of("p1", "p2"));
    }

    /** From a real project: six patches of sixteen need up to five others, and four are bad. */
    @Test
    void landsEveryPatchWhoseUnnamedNeedsLand() throws Exception {
        Map<Integer, Set<Integer>> needs = Map.of(1, Set.of(3, 6, 10, 16), 6, Set.of(3), 9, Set.of(1, 3, 6, 10, 16), 10, Set.of(3, 6), 11, Set.of(15), 16, Set.of(3, 6, 10));
        Map<Integer, Set<String>> breaks = Map.of(2, Set.of("a1", "a2"), 4, Set.of("c1", "c2", "c3", "b1", "d1"), 5, Set.of("b1", "b2", "b3"), 15, Set.of("d1", "d2"));
        Function<Set<Integer>, TestRun> rule = patches -> {
            if (!patches.stream().allMatch(patch -> patches.containsAll(needs.getOrDefault(patch, Set.of())))) {
                return broken();
            }
            List<TestResult> results = Stream.of("a1", "a2", "b1", "b2", "b3", "c1", "c2", "c3", "d1", "d2", "e1").map(test -> TestResult.of(test,
                    patches.stream().anyMatch(patch -> breaks.getOrDefault(patch, Set.of()).contains(test)) ? Status.FAILED : Status.PASSED, Duration.ZERO, "")).toList();
            boolean red = results.stream().anyMatch(result -> result.status() == Status.FAILED);
            return TestRun.of(red ? Verdict.RED : Verdict.GREEN, "", results, Duration.ZERO);
        };
        BatchReport report = run(16, 0, rule);

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p2", "p4", "p5", "p15");
        assertThat(ids(report, Kind.UNDECIDED)).containsExactly("p11");
        assertThat(ids(report, Kind.APPLIED)).hasSize(11);
        List<List<String>> green = report.runs().stream().filter(run -> run.run().green() && run.patches().size() == 11).map(BatchRun::patches).toList();
        assertThat(green).as("a build that lacks something is no reason to run what is green again").hasSize(1);
    }

    @Test
    void showsACulpritAlone() throws Exception {
        BatchReport report = run(12, 0, patches -> fails(patches.contains(6)));

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p6");
        Reproduction smallest = ((PatchOutcome.Blamed) report.outcomes(Kind.BLAMED).get(0)).blame().reproduction().orElseThrow();
        assertThat(smallest.patches()).containsExactly("p6");
        assertThat(smallest.isMinimal()).isTrue();
        assertThat(report.runs()).filteredOn(run -> run.number() == smallest.run()).singleElement().satisfies(run -> {
            assertThat(run.patches()).containsExactly("p6");
            assertThat(run.run().green()).isFalse();
            assertThat(run.content()).isEqualTo(smallest.content());
        });
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void findsTheSameByEveryStrategy(Strategy strategy) throws Exception {
        BatchReport report = run(9, Isolation.inPlace(), CulpritSearch.ofDefaults().strategy(strategy), patches -> fails(patches.contains(3) || patches.contains(7)));

        assertThat(ids(report, Kind.BLAMED)).containsExactly("p3", "p7");
        assertThat(ids(report, Kind.APPLIED)).hasSize(7);
        assertThat(report.outcomes(Kind.BLAMED)).allSatisfy(outcome -> assertThat(((PatchOutcome.Blamed) outcome).blame().probability()).isBetween(0.8, 1.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void landsWhatWasGreenWhereverTheBudgetEnds(int budget) throws Exception {
        BatchReport report = run(16, Isolation.inPlace(), CulpritSearch.ofDefaults().mostRuns(budget + 1), patches -> fails(patches.contains(6)));

        assertThat(report.runs()).as("the baseline is not of it").hasSizeLessThanOrEqualTo(budget + 2);
        assertThat(ids(report, Kind.BLAMED)).isIn(List.of(), List.of("p6"));
        assertThat(ids(report, Kind.APPLIED)).doesNotContain("p6");
        List<String> landed = ids(report, Kind.APPLIED);
        assertThat(landed.isEmpty() || report.runs().stream().anyMatch(run -> run.run().green() && run.patches().equals(landed))).isTrue();
        assertThat(report.outcomes(Kind.UNDECIDED)).allSatisfy(outcome -> assertThat(outcome.reason()).startsWith("unproven: the budget of " + (budget + 1)));
    }

    @Test
    void namesOfACombinationTheTreeThatWasRedWithAllThatIsInIt() throws Exception {
        List<Patch> patches = IntStream.rangeClosed(1, 8).mapToObj(i -> {
            Patch.Builder patch = Patch.builder("p" + i, "write-file").target("f" + i).content(new byte[] {'x', '\n'});
            return (i == 4 ? patch.needs("p2") : patch).build();
        }).toList();

        BatchReport report = PatchRunner.builder(workspace).tests(new Rule(of -> fails(of.contains(4) && of.contains(7)))).build().run(PatchBatch.of(patches));

        assertThat(report.combinations()).singleElement().satisfies(found -> {
            assertThat(found.patches()).containsExactly("p2", "p4", "p7");
            assertThat(report.runs()).filteredOn(run -> run.number() == found.run()).singleElement().satisfies(run -> {
                assertThat(run.patches()).isEqualTo(found.patches());
                assertThat(run.content()).isEqualTo(found.content());
            });
        });
        assertThat(((PatchOutcome.Dropped) report.outcomes(Kind.DROPPED).get(0)).because()).as("who is bad with it").containsExactly("p4");
    }
}
