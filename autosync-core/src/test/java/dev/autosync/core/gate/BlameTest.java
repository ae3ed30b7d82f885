package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestPolicy.RedBaseline;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is blamed, and who is not, where a run says less than it seems to. */
class BlameTest {
    private static final Status PASSED = Status.PASSED;
    private static final Status FAILED = Status.FAILED;
    private static final Status SKIPPED = Status.SKIPPED;

    @TempDir
    Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("readme"), "something\n");
    }

    /** Answers by what patches there are, and how often it was asked of just these. */
    private abstract static class Scripted implements TestSuite {
        private final Map<Set<Integer>, Integer> asked = new HashMap<>();

        abstract TestRun run(Set<Integer> patches, int time, TestContext context);

        @Override
        public TestRun run(TestContext context) {
            Set<Integer> patches = new TreeSet<>();
            IntStream.rangeClosed(1, 20).filter(i -> Files.exists(context.workspace().resolve("f" + i))).forEach(patches::add);
            return run(patches, asked.merge(patches, 1, Integer::sum), context);
        }
    }

    private static TestRun ran(Object... idsAndStatuses) {
        List<TestResult> results = new ArrayList<>();
        for (int i = 0; i < idsAndStatuses.length; i += 2) {
            results.add(TestResult.of((String) idsAndStatuses[i], (Status) idsAndStatuses[i + 1], Duration.ZERO, ""));
        }
        boolean red = results.stream().anyMatch(result -> result.status() == FAILED);
        return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "red" : "green", results, Duration.ZERO);
    }

    private static TestRun without(Verdict verdict) {
        return TestRun.of(verdict, "no test has run", List.of(), Duration.ZERO);
    }

    private static Status failsIf(boolean fails) {
        return fails ? FAILED : PASSED;
    }

    private BatchReport run(TestPolicy policy, TestSuite suite, int patches) throws InterruptedException {
        return PatchRunner.builder(workspace).tests(suite).testPolicy(policy).build().run(PatchBatch.of(
                IntStream.rangeClosed(1, patches).mapToObj(i -> Patch.write("p" + i, "f" + i, new byte[] {'x', '\n'})).toList()));
    }

    private static List<String> blamed(BatchReport report) {
        return report.outcomes(Kind.BLAMED).stream().map(PatchOutcome::patch).map(Patch::id).toList();
    }

    private static List<Kind> kinds(BatchReport report) {
        return report.outcomes().stream().map(PatchOutcome::kind).toList();
    }

    @Test
    void goesByTheNamesOfTestsWhereMostOfThemFail() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                List<Object> tests = new ArrayList<>();
                for (int test = 0; test < 500; test++) {
                    tests.add("t" + test);
                    tests.add(failsIf(patches.contains(4) && test < 3 || patches.contains(11) && test >= 100 || patches.contains(17) && test > 90 && test < 110));
                }
                return ran(tests.toArray());
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 20);

        assertThat(blamed(report)).containsExactly("p4", "p11", "p17");
        assertThat(report.runs()).as("one patch at a time takes 21").hasSizeLessThanOrEqualTo(14);
    }

    @Test
    void blamesNobodyWhereRunsEndAtAFailureThatWasThereBeforeAndHideTheNewOne() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return context.endsAtFirstFailure() ? ran("old", FAILED)
                        : ran("old", FAILED, "a", failsIf(patches.contains(3)), "b", PASSED);
            }
        };
        TestPolicy policy = TestPolicy.ofDefaults().redBaseline(RedBaseline.NO_NEW_FAILURES).failFast(true);

        assertThat(blamed(run(policy, suite, 4))).containsExactly("p3");
    }

    @Test
    void landsNothingOnARunOfAllTestsThatContradictsTheOneThatEndedAtItsFirstFailure() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                if (patches.size() == 4) {
                    return ran("b", PASSED, "a", FAILED, "old", FAILED);
                }
                if (patches.size() == 2) {
                    return ran("b", failsIf(!context.endsAtFirstFailure() || time > 1), "a", PASSED, "old", FAILED);
                }
                return patches.isEmpty() ? ran("b", PASSED, "a", PASSED, "old", FAILED) : without(Verdict.NOT_RUN);
            }
        };
        TestPolicy policy = TestPolicy.ofDefaults().redBaseline(RedBaseline.NO_NEW_FAILURES).failFast(true);

        BatchReport report = run(policy, suite, 4);

        assertThat(kinds(report)).doesNotContain(Kind.APPLIED);
    }

    @Test
    void doesNotTakeATestForPassedThatWasSkippedInARedRun() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                boolean setUp = !patches.contains(2) || patches.contains(4);
                return ran("Class", failsIf(!setUp), "Class#a", setUp ? failsIf(patches.contains(3)) : SKIPPED, "b", PASSED);
            }
        };

        assertThat(blamed(run(TestPolicy.ofDefaults(), suite, 4))).as("the fourth mends what the second breaks").doesNotContain("p4");
    }

    @Test
    void blamesNobodyForMendingABuildThatHidTheFailureFromRunsOfSomeTests() throws Exception {
        class Compiled extends Scripted {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                boolean compiles = !patches.contains(2) || patches.contains(5);
                if (!compiles) {
                    return without(context.only().isEmpty() ? Verdict.RED : Verdict.NO_TESTS);
                }
                return ran("a", failsIf(patches.contains(3)), "b", PASSED);
            }

            @Override
            public boolean selective() {
                return true;
            }
        }

        assertThat(blamed(run(TestPolicy.ofDefaults(), new Compiled(), 6))).as("the fifth mends what the second breaks").doesNotContain("p5");
    }

    @Test
    void convictsNobodyByATestThatFailsOnEachContentOnceAndThenPasses() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("coin", failsIf(patches.size() > 1 && time == 1), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 4);

        assertThat(report.flakyTests()).containsExactly("coin");
        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
    }

    @Test
    void convictsNobodyByATestThatFailsEverySecondTime() throws Exception {
        int[] runs = {0};
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("coin", failsIf(runs[0]++ % 2 == 1), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 6);

        assertThat(report.flakyTests()).contains("coin");
        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
    }

    @Test
    void landsNothingOnTheFirstGreenRunOfWhatFailsNowAndThenWithThePatchesAndNeverWithout() throws Exception {
        int[] runs = {0};
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                // With all four red at first, then now and then; with fewer never.
                return ran("a", failsIf(patches.size() == 4 && runs[0]++ % 4 == 0), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 4);

        assertThat(report.outcomes(Kind.APPLIED)).isEmpty();
        assertThat(report.outcomes(Kind.UNDECIDED)).isNotEmpty().allSatisfy(outcome -> assertThat(outcome.reason()).contains("now and then", "a"));
    }

    @Test
    void landsPatchesBesideATestThatFailsNowAndThenWithoutThemAsWell() throws Exception {
        int[] runs = {0};
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("coin", failsIf(runs[0]++ % 5 == 1), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 4);

        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
        assertThat(report.flakyTests()).contains("coin");
    }

    @Test
    void blamesNobodyIfTheTestsAreRedWithoutAnyPatchAsWellByNow() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("a", failsIf(!patches.isEmpty() || time > 1), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 6);

        assertThat(kinds(report)).containsOnly(Kind.UNDECIDED);
        assertThat(report.outcomes().get(0).reason()).startsWith("the tests are not green without any patch any more");
        assertThat(report.runs()).as("it looks as soon as somebody is suspected").hasSizeLessThan(16);
    }

    @Test
    void blamesEachOfManyThatAreBadAndLooksOnceWhetherTheTreeWithoutThemIsStillGood() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("a", failsIf(!patches.isEmpty()), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 3);

        assertThat(kinds(report)).containsOnly(Kind.BLAMED);
        assertThat(report.runs()).filteredOn(run -> run.patches().isEmpty()).hasSize(2);
    }

    @Test
    void doesNotCallATestFlakyThatARepeatedRunDoesNotMention() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                boolean broken = patches.size() == 4 && time > 1;
                return broken ? without(Verdict.RED) : ran("a", failsIf(patches.contains(4)), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 4);

        assertThat(report.flakyTests()).isEmpty();
        assertThat(report.runs()).extracting(BatchRun::run).filteredOn(TestRun::green).isNotEmpty();
    }

    @Test
    void looksOnceMoreAtABatchInWhichOnlyAFlakyTestFails() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("coin", failsIf(patches.size() == 4 && time == 1), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults(), suite, 4);

        assertThat(report.flakyTests()).containsExactly("coin");
        assertThat(kinds(report)).containsOnly(Kind.APPLIED);
    }

    @Test
    void doesNotBelieveASuiteThatSaysGreenBesideAFailedTest() throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                TestRun run = ran("a", failsIf(patches.contains(2)), "b", PASSED);
                return TestRun.of(Verdict.GREEN, "all is well", run.results(), Duration.ZERO);
            }
        };

        assertThat(kinds(run(TestPolicy.ofDefaults(), suite, 3))).containsExactly(Kind.APPLIED, Kind.BLAMED, Kind.APPLIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void makesNoMoreRunsThanItMayWhateverTheyAreFor(int most) throws Exception {
        TestSuite suite = new Scripted() {
            @Override
            TestRun run(Set<Integer> patches, int time, TestContext context) {
                return ran("a", failsIf(!patches.isEmpty()), "b", PASSED);
            }
        };

        BatchReport report = run(TestPolicy.ofDefaults().culprits(CulpritSearch.ofDefaults().mostRuns(most)), suite, 2);

        assertThat(report.runs()).filteredOn(run -> run.number() > 0).hasSizeLessThanOrEqualTo(most);
        assertThat(report.outcomes(Kind.UNDECIDED)).allSatisfy(outcome -> assertThat(outcome.reason()).startsWith("unproven"));
    }
}
