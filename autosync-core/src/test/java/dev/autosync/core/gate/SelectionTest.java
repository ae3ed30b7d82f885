package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search runs what failed alone where it can; what lands and who is blamed rests on runs of all tests. */
class SelectionTest {
    private static final int FILES = 12;

    @TempDir
    Path workspace;

    private final Selective suite = new Selective();

    @BeforeEach
    void layOut() throws IOException {
        for (int i = 1; i <= FILES; i++) {
            Files.writeString(workspace.resolve(file(i)), "good\n");
        }
    }

    /** A test for each file, which fails if the file holds BAD; notes what it was asked for. */
    private static class Selective implements TestSuite {
        final List<TestContext> asked = new ArrayList<>();
        final List<List<String>> ran = new ArrayList<>();

        @Override
        public TestRun run(TestContext context) {
            asked.add(context);
            List<TestResult> results = new ArrayList<>();
            for (int i = 1; i <= FILES + 1; i++) {
                Path file = context.workspace().resolve(file(i));
                if (Files.exists(file) && (context.only().isEmpty() || context.only().contains(file(i)))) {
                    results.add(TestResult.of(file(i), fails(context, file) ? Status.FAILED : Status.PASSED, Duration.ZERO, ""));
                }
            }
            ran.add(results.stream().map(TestResult::id).toList());
            boolean red = results.stream().anyMatch(result -> result.status() == Status.FAILED);
            return TestRun.of(results.isEmpty() ? Verdict.NO_TESTS : red ? Verdict.RED : Verdict.GREEN, "", results, Duration.ZERO);
        }

        boolean fails(TestContext context, Path file) {
            return read(file).contains("BAD");
        }

        static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean selective() {
            return true;
        }
    }

    private static String file(int i) {
        return "f" + i;
    }

    /** A batch of patches, each of a file, of which one is bad. */
    private static List<Patch> batch(int bad) {
        return IntStream.rangeClosed(1, FILES).mapToObj(i -> write("p" + i, file(i), i == bad ? "BAD\n" : "better\n")).toList();
    }

    private static Patch write(String id, String file, String text) {
        return Patch.write(id, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private BatchReport run(TestSuite tests, TestPolicy policy, List<Patch> patches) throws InterruptedException {
        return PatchRunner.builder(workspace).tests(tests).testPolicy(policy).build().run(PatchBatch.of(patches));
    }

    private static List<String> blamed(BatchReport report) {
        return report.outcomes(Kind.BLAMED).stream().map(PatchOutcome::patch).map(Patch::id).toList();
    }

    @Test
    void runsOnlyWhatFailedWhileItSearchesAndAllBeforeAnythingLands() throws Exception {
        BatchReport report = run(suite, TestPolicy.ofDefaults(), batch(5));

        assertThat(blamed(report)).containsExactly("p5");
        assertThat(report.outcomes(Kind.APPLIED)).hasSize(FILES - 1);
        assertThat(suite.ran).as("some runs are of the failing test alone").contains(List.of("f5"));
        assertThat(suite.ran.get(suite.ran.size() - 1)).as("the last run is of all tests").hasSize(FILES);
        assertThat(report.runs()).allSatisfy(run -> {
            assertThat(run.isPartial()).isEqualTo(run.run().results().size() < FILES);
            assertThat(run.content().isEmpty()).as("what a run of some tests says is no evidence of flakiness").isEqualTo(run.isPartial());
        });
        assertThat(((PatchOutcome.Blamed) report.outcomes(Kind.BLAMED).get(0)).blame()).satisfies(blame -> {
            assertThat(suite.ran.get(blame.runWith())).as("the run with the culprit is of all tests").hasSize(FILES);
            assertThat(suite.ran.get(blame.runWithout())).as("and so is the one without it").hasSize(FILES);
        });
    }

    @Test
    void findsTheSameCulpritInCopies() throws Exception {
        BatchReport report = PatchRunner.builder(workspace).tests(suite).isolation(Isolation.candidates(1)).build().run(PatchBatch.of(batch(7)));

        assertThat(blamed(report)).containsExactly("p7");
        assertThat(suite.ran).contains(List.of("f7"));
    }

    @Test
    void blamesTheRightPatchForATestThatFailsOnlyBesideOthers() throws Exception {
        Selective besideOthers = new Selective() {
            @Override
            boolean fails(TestContext context, Path file) {
                return file.endsWith("f9") && context.only().isEmpty() && read(context.workspace().resolve("f3")).contains("BAD");
            }
        };

        assertThat(blamed(run(besideOthers, TestPolicy.ofDefaults(), batch(3)))).containsExactly("p3");
    }

    @Test
    void blamesThePatchThatBringsAFailingTestAndNoneBeforeIt() throws Exception {
        List<Patch> patches = new ArrayList<>(batch(0));
        patches.add(8, write("new", file(FILES + 1), "BAD\n"));

        assertThat(blamed(run(suite, TestPolicy.ofDefaults(), patches))).containsExactly("new");
    }

    @Test
    void endsRunsAtTheFirstFailureOnlyWhileItSearches() throws Exception {
        TestSuite whole = new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                return suite.run(context);
            }
        };
        BatchReport report = run(whole, TestPolicy.ofDefaults().failFast(true), batch(5));

        assertThat(blamed(report)).containsExactly("p5");
        assertThat(suite.asked).filteredOn(TestContext::endsAtFirstFailure).as("runs of the search").isNotEmpty();
        assertThat(suite.ran.get(suite.ran.size() - 1)).as("the run on which the rest landed was one of all tests").hasSize(FILES);
        assertThat(suite.asked.get(0).endsAtFirstFailure()).as("the baseline").isFalse();
        assertThat(suite.asked).as("a suite that is not selective is asked for all tests").allMatch(context -> context.only().isEmpty());
    }

    @Test
    void asksForTheTestsFirstThatHaveFailedOfLateOrBelongToWhatIsChanged() throws Exception {
        run(suite, TestPolicy.ofDefaults(), batch(5));
        suite.asked.clear();
        run(suite, TestPolicy.ofDefaults(), List.of(write("next", "f8", "best\n")));

        assertThat(suite.asked.get(0).first()).as("the baseline").containsExactly("f5");
        assertThat(suite.asked.get(1).first()).as("the batch").containsExactlyInAnyOrder("f5", "f8");
    }
}
