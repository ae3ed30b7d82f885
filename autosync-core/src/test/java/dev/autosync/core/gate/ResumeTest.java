package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.ChildJvm;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search whose process is killed, and the next process that goes on with it. */
class ResumeTest {
    private static final int PATCHES = 8;

    @TempDir
    Path folder;

    private Path workspace;
    private Path log;

    @BeforeEach
    void layOut() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
        log = folder.resolve("runs");
        Files.writeString(workspace.resolve("readme"), "something\n");
    }

    /** Decides a batch, and dies of the last of some runs. Arguments: workspace, log, how many runs it may begin. */
    public static final class Mortal {
        private Mortal() {}

        /** Begins. */
        public static void main(String[] args) throws Exception {
            run(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), true);
            System.out.println("decided");
        }
    }

    private static BatchReport run(Path workspace, Path log, int most, boolean named) throws InterruptedException {
        TreeSuite tests = new TreeSuite(context -> { });
        int[] begun = {0};
        TestSuite suite = new TestSuite() {
            @Override
            public TestRun run(TestContext context) throws InterruptedException {
                if (++begun[0] == most) {
                    kill();
                }
                TestRun run = tests.run(context);
                note(context.workspace());
                return run;
            }

            private void note(Path tree) {
                try {
                    String holds = IntStream.rangeClosed(1, PATCHES).filter(i -> Files.exists(tree.resolve("f" + i))).boxed().toList().toString();
                    Files.writeString(log, holds + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public String fingerprint() {
                return named ? "tree" : "";
            }
        };
        return PatchRunner.builder(workspace).tests(suite).build().run(PatchBatch.of(IntStream.rangeClosed(1, PATCHES)
                .mapToObj(i -> Patch.write("p" + i, "f" + i, (i == 7 ? "BAD" : "good").getBytes())).toList()));
    }

    /** As kill -9 does: nothing of this process is done any more. */
    private static void kill() {
        try {
            new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> blamed(BatchReport report) {
        return report.outcomes(Kind.BLAMED).stream().map(PatchOutcome::patch).map(Patch::id).toList();
    }

    @Test
    void makesNoRunAgainThatHadEndedWhenTheProcessWasKilled() throws Exception {
        int processes = 0;
        for (String said = null; said == null; processes++) {
            assertThat(processes).isLessThan(12);
            // Each process makes one run more than it finds done, and dies of the next.
            try (ChildJvm child = ChildJvm.start(Mortal.class, workspace.toString(), log.toString(), "2")) {
                said = child.line();
            }
            assertThat(said).isIn(null, "decided");
        }
        Path other = Files.createDirectory(folder.resolve("other")).toRealPath();
        Files.writeString(other.resolve("readme"), "something\n");
        run(other, folder.resolve("undisturbed"), -1, true);
        assertThat(Files.readAllLines(log)).as("the same runs, each made once, as if nobody had been killed").hasSize(processes).hasSizeGreaterThan(3)
                .isEqualTo(Files.readAllLines(folder.resolve("undisturbed")));
        assertThat(workspace.resolve("f7")).doesNotExist();
        assertThat(workspace.resolve("f8")).exists();
        assertThat(workspace.resolve(".autosync/runs.jsonl")).as("nobody needs the runs of a decided batch").doesNotExist();
    }

    @Test
    void makesAllRunsAgainOfASuiteThatDoesNotSayWhatItIs() throws Exception {
        run(workspace, log, -1, false);
        List<String> first = Files.readAllLines(log);
        assertThat(workspace.resolve(".autosync/runs.jsonl")).doesNotExist();
        assertThat(first).startsWith("[]");
    }

    @Test
    void takesHalfALineForNoRun() throws Exception {
        BatchReport report = run(workspace, log, -1, true);
        List<String> runs = Files.readAllLines(log);
        // The same batch on the same tree once more, with what a crash might have left of it.
        IntStream.rangeClosed(1, PATCHES).forEach(i -> assertThat(workspace.resolve("f" + i).toFile().delete() || i == 7).isTrue());
        List<String> torn = new ArrayList<>(List.of("{\"key\":\"", "not json\n", "{\"key\":\"k\",\"at\":\"never\"}\n", "\u0000\n"));
        for (String left : torn) {
            Files.writeString(workspace.resolve(".autosync/runs.jsonl"), left);
            assertThat(blamed(run(workspace, log, -1, true))).isEqualTo(blamed(report)).containsExactly("p7");
            IntStream.rangeClosed(1, PATCHES).forEach(i -> workspace.resolve("f" + i).toFile().delete());
        }
        assertThat(Files.readAllLines(log).size()).isGreaterThan(runs.size());
    }

    /** Decides three patches. */
    private BatchReport decide(TestPolicy policy, Script script) throws InterruptedException {
        TestSuite suite = new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                List<String> patches = IntStream.rangeClosed(1, 3).filter(i -> Files.exists(context.workspace().resolve("f" + i))).mapToObj(i -> "p" + i).toList();
                return script.run(patches);
            }

            @Override
            public String fingerprint() {
                return "script";
            }
        };
        return PatchRunner.builder(workspace).tests(suite).testPolicy(policy).build()
                .run(PatchBatch.of(IntStream.rangeClosed(1, 3).mapToObj(i -> Patch.write("p" + i, "f" + i, new byte[] {'x'})).toList()));
    }

    /** What tests say of a tree with some patches. */
    private interface Script {
        TestRun run(List<String> patches);
    }

    /** What no gate lives through. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static TestRun ran(Status... ofAAndB) {
        List<TestResult> results = IntStream.range(0, ofAAndB.length).mapToObj(i -> TestResult.of(i == 0 ? "a" : "b", ofAAndB[i], Duration.ZERO, "")).toList();
        boolean red = List.of(ofAAndB).contains(Status.FAILED);
        return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "red" : "green", results, Duration.ZERO);
    }

    @Test
    void looksAgainAtTheTreeWithoutPatchesAndDoesNotTakeTheKeptBaselineForThat() throws Exception {
        assertThatThrownBy(() -> decide(TestPolicy.ofDefaults(), patches -> {
            if (patches.isEmpty()) {
                return ran(Status.PASSED);
            }
            throw new Crash();
        })).isInstanceOf(Crash.class);

        BatchReport report = decide(TestPolicy.ofDefaults(), patches -> ran(Status.FAILED));

        assertThat(report.outcomes()).extracting(PatchOutcome::kind).as("by now it is red without any").containsOnly(Kind.UNDECIDED);
    }

    @Test
    void doesNotTakeAKeptRunForWholeThatWasBrokenOff() throws Exception {
        TestPolicy policy = TestPolicy.ofDefaults().redBaseline(TestPolicy.RedBaseline.NO_NEW_FAILURES);
        int[] runs = {0};
        assertThatThrownBy(() -> decide(policy, patches -> {
            if (runs[0]++ == 2) {
                throw new Crash();
            }
            TestRun run = ran(Status.FAILED, Status.PASSED);
            return patches.isEmpty() ? run : run.incomplete();
        })).isInstanceOf(Crash.class);

        BatchReport report = decide(policy, patches -> patches.isEmpty() ? ran(Status.FAILED, Status.PASSED) : ran(Status.FAILED, Status.PASSED).incomplete());

        assertThat(report.outcomes(Kind.APPLIED)).isEmpty();
    }

    @Test
    void keepsTheRunThatEndsAfterALineOfWhichACrashHasLeftHalf() throws Exception {
        List<List<String>> made = new ArrayList<>();
        for (int most = 1; most <= 2; most++) {
            int crash = most;
            assertThatThrownBy(() -> decide(TestPolicy.ofDefaults(), patches -> {
                if (made.size() == crash) {
                    throw new Crash();
                }
                made.add(patches);
                return ran(patches.contains("p2") ? Status.FAILED : Status.PASSED);
            })).isInstanceOf(Crash.class);
            Files.writeString(workspace.resolve(".autosync/runs.jsonl"), "{\"key\":\"half", StandardOpenOption.APPEND);
        }

        decide(TestPolicy.ofDefaults(), patches -> {
            made.add(patches);
            return ran(patches.contains("p2") ? Status.FAILED : Status.PASSED);
        });

        assertThat(made).as("the run of all is made once").filteredOn(List.of("p1", "p2", "p3")::equals).hasSize(1);
    }
}
