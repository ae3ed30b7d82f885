package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.CommandTests;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands of tests that do what no test should. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are POSIX shell scripts")
class HostileCommandsTest {
    @TempDir
    Path outside;

    private Path workspace;

    @BeforeEach
    void createWorkspace() throws IOException {
        workspace = Files.createDirectory(outside.resolve("workspace")).toRealPath();
        Files.writeString(workspace.resolve("f"), "old");
        Files.writeString(workspace.resolve("g"), "old");
    }

    @Test
    void endsAFloodWhenItsTimeIsUpAndKeepsLittleOfIt() throws Exception {
        TestRun run = suite("yes flood").timeout(Duration.ofSeconds(1)).run(TestContext.of(workspace));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("The time was up");
        assertThat(run.output()).contains("flood").hasSizeLessThanOrEqualTo(16_000);
    }

    @Test
    void blamesNobodyForAFileThatIsNotExecutable() throws Exception {
        TestRun run = TestSuite.command(Files.writeString(workspace.resolve("run.sh"), "exit 0").toString()).run(TestContext.of(outside));

        assertThat(run.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(run.reason()).startsWith("The command could not be started");
    }

    @Test
    void readsNoReportOfTenGigabytes() throws Exception {
        TestRun run = suite("mkdir -p r; printf '<testsuite>' > r/TEST.xml; truncate -s 10G r/TEST.xml").junitReports("r").run(TestContext.of(workspace));

        assertThat(run.verdict()).isEqualTo(Verdict.BROKEN_REPORT);
        assertThat(run.duration()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void isNotHeldUpByProcessesOfWhichEachStartsTheNextForEver() throws Exception {
        TestRun run = suite("echo 'sleep 0.02; sh next & exit 0' > next; sh next & sleep 60").timeout(Duration.ofSeconds(1)).run(TestContext.of(workspace));
        Files.delete(workspace.resolve("next")); // where there are no control groups one may be left, which finds no next one now

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("The time was up");
        assertThat(run.duration()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void putsBackWhatACommandChangesAndDeletesWhereThatIsAskedFor() throws Exception {
        Files.writeString(workspace.resolve("victim"), "victim");
        Files.writeString(workspace.resolve("source"), "source");
        BatchReport report = PatchRunner.builder(workspace).testChanges(TestChanges.undo().withTracked())
                .tests(suite("rm -f victim; echo changed > source; echo new > left; if grep -q BAD g; then exit 1; fi")).build().run(batch());

        assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        assertThat(report.outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
        assertThat(workspace.resolve("f")).hasContent("new");
        assertThat(workspace.resolve("g")).hasContent("old");
        assertThat(workspace.resolve("victim")).hasContent("victim");
        assertThat(workspace.resolve("source")).hasContent("source");
        assertThat(workspace.resolve("left")).doesNotExist();
    }

    @Test
    void leavesNoProcessOfACommandThatForks() throws Exception {
        String mark = "61." + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        TestRun run = suite("i=0; while [ $i -lt 50 ]; do (sleep " + mark + " &) ; i=$((i+1)); done; sleep " + mark)
                .timeout(Duration.ofSeconds(3)).run(TestContext.of(workspace));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info().commandLine().orElse("").contains(mark))).isEmpty();
    }

    @Test
    void isNotHeldUpByACommandThatKeepsTheFilesOfTheLockOpen() throws Exception {
        CommandTests holding = suite("for file in .autosync/*; do [ -f $file ] && exec 9<$file; (sleep 60 &) ; done; if grep -q BAD g; then exit 1; fi");
        for (int i = 0; i < 2; i++) {
            Files.writeString(workspace.resolve("f"), "old " + i);
            BatchReport report = PatchRunner.builder(workspace).tests(holding).build().run(batch());

            assertThat(report.outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
            assertThat(workspace.resolve("f")).hasContent("new");
        }
    }

    /** The second of the two patches is bad. */
    private static PatchBatch batch() {
        return PatchBatch.of(List.of(Patch.write("p", "f", "new".getBytes()), Patch.write("q", "g", "BAD".getBytes())));
    }

    private static CommandTests suite(String script) {
        return TestSuite.command("sh", "-c", script).timeout(Duration.ofSeconds(30));
    }
}
