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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a red baseline, of runs that contradict each other, and of those that could not be made. */
class TestPolicyTest {
    private static final TestPolicy NO_NEW_FAILURES = TestPolicy.ofDefaults().redBaseline(RedBaseline.NO_NEW_FAILURES);

    @TempDir
    Path workspace;

    private final TreeSuite suite = new TreeSuite(context -> { });

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("f1"), "good\n");
        Files.writeString(workspace.resolve("f2"), "good\n");
        Files.writeString(workspace.resolve("f9"), "BAD from the beginning\n");
    }

    private BatchReport run(TestPolicy policy, TestSuite tests, Patch... patches) throws InterruptedException {
        return PatchRunner.builder(workspace).tests(tests).testPolicy(policy).build().run(PatchBatch.of(patches));
    }

    private static Patch write(String id, String file, String text) {
        return Patch.write(id, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Kind> kinds(BatchReport report) {
        return report.outcomes().stream().map(PatchOutcome::kind).toList();
    }

    @Test
    void triesNoPatchOnARedBaselineIfThePolicyIsToStop() throws Exception {
        BatchReport report = run(TestPolicy.ofDefaults().redBaseline(RedBaseline.STOP), suite, write("mend", "f9", "good\n"));

        assertThat(kinds(report)).containsExactly(Kind.UNDECIDED);
        assertThat(report.outcomes().get(0).reason()).contains("not green before any patch", "policy");
        assertThat(suite.runs).hasValue(1);
        assertThat(workspace.resolve("f9")).hasContent("BAD from the beginning");
    }

    @Test
    void landsWhatMendsARedBaseline() throws Exception {
        assertThat(kinds(run(TestPolicy.ofDefaults(), suite, write("mend", "f9", "good\n")))).containsExactly(Kind.APPLIED);
    }

    @Test
    void landsNothingOnARedBaselineThatStaysRedAndBlamesNobody() throws Exception {
        BatchReport report = run(TestPolicy.ofDefaults(), suite, write("good", "f1", "better\n"), write("bad", "f2", "BAD\n"));

        assertThat(kinds(report)).containsExactly(Kind.UNDECIDED, Kind.UNDECIDED);
        assertThat(report.flakyTests()).isEmpty();
    }

    @Test
    void landsPatchesBesideATestThatFailedBeforeAndBlamesOnlyNewFailures() throws Exception {
        BatchReport report = run(NO_NEW_FAILURES, suite, write("good", "f1", "better\n"), write("bad", "f2", "BAD\n"), write("new", "f3", "good\n"));

        assertThat(kinds(report)).containsExactly(Kind.APPLIED, Kind.BLAMED, Kind.APPLIED);
        assertThat(report.outcomes().get(0).reason()).contains("nothing new failed", "1 test failed before any patch");
        assertThat(((PatchOutcome.Blamed) report.outcomes().get(1)).blame().failures()).extracting(TestResult::id).containsExactly("f2");
        assertThat(report.runs()).allSatisfy(run -> assertThat(run.run().verdict()).isEqualTo(Verdict.RED));
    }

    @Test
    void doesNotTakeAToleratedRunForAGreenOneInTheNextBatch() throws Exception {
        run(NO_NEW_FAILURES, suite, write("good", "f1", "better\n"));
        BatchReport next = run(NO_NEW_FAILURES, suite, write("more", "f2", "better\n"));

        assertThat(next.baseline().orElseThrow().verdict()).isEqualTo(Verdict.RED);
        assertThat(next.runs().get(0).number()).as("the baseline was run, not remembered").isZero();
    }

    @Test
    void doesNotTolerateARunInWhichATestIsMissingThatPassedBefore() throws Exception {
        TestSuite brokenOff = context -> {
            TestRun run = suite.run(context);
            boolean patched = Files.exists(context.workspace().resolve("f3"));
            return patched ? TestRun.of(Verdict.RED, "broken off", run.failures(), Duration.ZERO) : run;
        };

        assertThat(kinds(run(NO_NEW_FAILURES, brokenOff, write("new", "f3", "good\n")))).doesNotContain(Kind.APPLIED);
    }

    @Test
    void doesNotTolerateARunThatALimitHasEnded() throws Exception {
        TestSuite hanging = context -> {
            TestRun run = suite.run(context);
            return Files.exists(context.workspace().resolve("f3")) ? run.incomplete() : run;
        };

        assertThat(kinds(run(NO_NEW_FAILURES, hanging, write("new", "f3", "good\n")))).doesNotContain(Kind.APPLIED);
    }

    @Test
    void looksAgainAtARedBaselineAndGoesOnIfItWasAFlake() throws Exception {
        Files.writeString(workspace.resolve("f9"), "good\n");
        BatchReport report = run(TestPolicy.ofDefaults(), failingOnce("unsteady"), write("good", "f1", "better\n"), write("bad", "f2", "BAD\n"));

        assertThat(kinds(report)).containsExactly(Kind.APPLIED, Kind.BLAMED);
        assertThat(report.flakyTests()).containsExactly("unsteady");
        assertThat(report.runs().stream().filter(run -> run.patches().isEmpty()).map(BatchRun::run).map(TestRun::verdict))
                .as("both runs of the tree without patches are on record").containsExactly(Verdict.RED, Verdict.GREEN);
    }

    @Test
    void leavesUndecidedWhatIsUnprovenWhenTheRunsAreUsedUp() throws Exception {
        Files.writeString(workspace.resolve("f9"), "good\n");
        BatchReport report = run(TestPolicy.ofDefaults().culprits(CulpritSearch.ofDefaults().mostRuns(1)), suite,
                write("one", "f1", "BAD\n"), write("two", "f2", "better\n"));

        assertThat(report.runs()).as("the one before the batch and the one of all").hasSize(2);
        assertThat(kinds(report)).containsExactly(Kind.UNDECIDED, Kind.UNDECIDED);
        assertThat(report.outcomes().get(0).reason()).isEqualTo("unproven: the budget of 1 run is used up");
        assertThat(workspace.resolve("f2")).hasContent("good");
    }

    @Test
    void takesACrashForNoEvidenceAndTriesAgain() throws Exception {
        Files.writeString(workspace.resolve("f9"), "good\n");
        List<Integer> crashes = new ArrayList<>();
        TestSuite crashing = context -> {
            if (isBetter(context) && crashes.size() < 2) {
                crashes.add(1);
                return TestRun.of(Verdict.CRASHED, "signal 9", List.of(), Duration.ZERO);
            }
            return suite.run(context);
        };

        assertThat(kinds(run(TestPolicy.ofDefaults(), crashing, write("good", "f1", "better\n")))).containsExactly(Kind.APPLIED);
        assertThat(crashes).hasSize(2);
    }

    @Test
    void blamesNobodyForARunnerThatCrashesEveryTime() throws Exception {
        Files.writeString(workspace.resolve("f9"), "good\n");
        TestSuite crashing = context -> isBetter(context) ? TestRun.of(Verdict.CRASHED, "signal 9", List.of(), Duration.ZERO)
                : suite.run(context);

        BatchReport report = run(TestPolicy.ofDefaults(), crashing, write("good", "f1", "better\n"));

        assertThat(kinds(report)).containsExactly(Kind.UNDECIDED);
        assertThat(report.outcomes().get(0).reason()).isEqualTo("the tests could not be run with good: signal 9. A crash convicts nobody, though without"
                + " patches the tests ran to their end; give these patches one at a time to see with which it comes");
        assertThat(workspace.resolve("f1")).hasContent("good");
    }

    private static boolean isBetter(TestContext context) {
        try {
            return Files.readString(context.workspace().resolve("f1")).equals("better\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test that fails in the first run, and never again. */
    private TestSuite failingOnce(String id) {
        return context -> {
            TestRun run = suite.run(context);
            boolean fails = suite.runs.get() == 1;
            List<TestResult> results = new ArrayList<>(run.results());
            results.add(TestResult.of(id, fails ? Status.FAILED : Status.PASSED, Duration.ZERO, ""));
            return TestRun.of(fails ? Verdict.RED : run.verdict(), run.reason(), results, Duration.ZERO);
        };
    }
}
