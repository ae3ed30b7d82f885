package dev.autosync.core.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.exec.CapturedOutput;
import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult.Reason;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are POSIX programs")
class ProcessRunnerTest {
    private final ProcessRunner runner = ProcessRunner.create();

    @TempDir
    Path folder;

    @Test
    void passesArgumentsOnUnchanged() throws Exception {
        List<String> arguments = List.of("a b", "\"c\"", "$HOME", "*", "", "ä€😀", "-n", "x\ny", "\\");
        ProcessResult outcome = runner.run(ProcessRequest.of(
                Stream.concat(Stream.of("sh", "-c", "for a; do printf '<%s>' \"$a\"; done", "sh"), arguments.stream()).toList())
                .environment("LC_ALL", "C.UTF-8"));

        // The JVM encodes arguments in the platform's charset; what it cannot write there it cannot pass on.
        String sent = String.join("><", arguments);
        String charset = System.getProperty("sun.jnu.encoding");
        assertThat(outcome.output().text()).isEqualTo("<" + new String(sent.getBytes(charset), charset) + ">");
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void keepsTheStreamsApartUnlessTheyAreMerged() throws Exception {
        ProcessRequest request = sh("echo out; echo err >&2; echo out again");

        ProcessResult apart = runner.run(request);
        ProcessResult merged = runner.run(request.mergeErrors());

        assertThat(apart.output().text()).isEqualTo("out\nout again\n");
        assertThat(apart.errors().text()).isEqualTo("err\n");
        assertThat(merged.output().text()).isEqualTo("out\nerr\nout again\n");
        assertThat(merged.errors().totalBytes()).isZero();
        assertThat(apart.outputMayBeIncomplete()).isFalse();
    }

    @Test
    void givesTheChildNoVariableThatWasNotAllowed() throws Exception {
        Map<String, String> parent = Map.of("PATH", System.getenv("PATH"), "LC_TIME", "C", "DATABASE_URL", "jdbc:secret",
                "GITHUB_TOKEN", "ghp_x", "AWS_SECRET_ACCESS_KEY", "y", "FOO", "z", "MY_FLAG", "1", ProcessRunner.COOKIE, "of a parent");
        ProcessResult outcome = ProcessRunner.create(parent).run(ProcessRequest.of(List.of("env"))
                .pass(List.of("MY_FLAG", "NOT_SET")).environment("ADDED", "a b"));

        List<String> lines = outcome.output().text().lines().sorted().toList();
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactly("ADDED", "AUTOSYNC_RUN", "LC_TIME", "MY_FLAG", "PATH");
        assertThat(lines).contains("ADDED=a b", "MY_FLAG=1").doesNotContain("AUTOSYNC_RUN=of a parent");
    }

    @Test
    void refusesVariablesThatCannotBeOne() {
        ProcessRequest request = sh("true");

        assertThatIllegalArgumentException().isThrownBy(() -> request.environment(ProcessRunner.COOKIE, "mine"));
        assertThatIllegalArgumentException().isThrownBy(() -> request.environment("A=B", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> request.environment("A", "x\0y"));
        assertThatIllegalArgumentException().isThrownBy(() -> request.pass(List.of("")));
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessRequest.of(List.of()));
    }

    @Test
    void doesNotShowValuesOfTheEnvironment() {
        assertThat(sh("true").environment("TOKEN", "s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void runsInTheFolder() throws Exception {
        assertThat(runner.run(ProcessRequest.of(List.of("pwd")).in(folder)).output().text().strip())
                .isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void showsTheChildTheEndOfItsInputAtOnce() throws Exception {
        ProcessResult outcome = runner.run(ProcessRequest.of(List.of("cat")).timeout(Duration.ofSeconds(10)));

        assertThat(outcome.reason()).isEqualTo(Reason.EXITED);
        assertThat(outcome.exitCode()).hasValue(0);
    }

    @Test
    void readsASignalFromTheExitCode() throws Exception {
        ProcessResult killed = runner.run(sh("kill -9 $$"));
        ProcessResult failed = runner.run(sh("exit 3"));

        assertThat(killed.exitCode()).hasValue(137);
        assertThat(killed.signal()).hasValue(9);
        assertThat(failed.exitCode()).hasValue(3);
        assertThat(failed.signal()).isEmpty();
        assertThat(failed.succeeded()).isFalse();
    }

    @Test
    void answersWithAValueWhenTheProgramCannotBeStarted() throws Exception {
        ProcessResult noProgram = runner.run(ProcessRequest.of(List.of("no-such-program-of-autosync")));
        ProcessResult noFolder = runner.run(sh("true").in(folder.resolve("missing")));

        assertThat(noProgram.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(noProgram.failure()).contains("no-such-program-of-autosync");
        assertThat(noProgram.exitCode()).isEmpty();
        assertThat(noFolder.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(noFolder.failure()).contains("working folder").contains("missing");
    }

    @Test
    void countsAFloodWithoutLinesAndKeepsItsEnds() throws Exception {
        ProcessResult outcome = runner.run(sh("printf start; head -c 200000000 /dev/zero | tr '\\0' x; printf end"));

        CapturedOutput output = outcome.output();
        assertThat(output.totalBytes()).isEqualTo(200_000_008);
        assertThat(output.head()).hasSize(ProcessRequest.DEFAULT_HEAD_BYTES);
        assertThat(new String(output.head(), 0, 7, StandardCharsets.US_ASCII)).isEqualTo("startxx");
        byte[] tail = output.tail();
        byte[] expected = new byte[ProcessRequest.DEFAULT_TAIL_BYTES];
        Arrays.fill(expected, (byte) 'x');
        System.arraycopy("end".getBytes(StandardCharsets.US_ASCII), 0, expected, expected.length - 3, 3);
        assertThat(tail).isEqualTo(expected);
    }

    @Test
    void endsARunThatSaysNothingForTooLong() throws Exception {
        ProcessResult outcome = runner.run(sh("echo 1; sleep 0.2; echo 2; sleep 60")
                .timeout(Duration.ofSeconds(30)).idleTimeout(Duration.ofMillis(600)));

        assertThat(outcome.reason()).isEqualTo(Reason.IDLE);
        assertThat(outcome.output().text()).isEqualTo("1\n2\n");
        assertThat(outcome.duration()).isBetween(Duration.ofMillis(600), Duration.ofSeconds(3));
        assertThat(outcome.exitCode()).isEmpty();
    }

    @Test
    void endsARunThatWasCalledOff() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProcessResult outcome = runner.run(sh("sleep 60").cancelWhen(() -> asked.incrementAndGet() == 2));

        assertThat(outcome.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(outcome.survivors()).isEmpty();
        assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void killsTheTreeWhenTheCallerIsInterrupted() throws Exception {
        Path pids = folder.resolve("pids");
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<ProcessResult> run = new FutureTask<>(() -> runner.run(sh("sleep 60 & echo $$ $! > pids; wait").in(folder)
                .cancelWhen(() -> {
                    if (Files.exists(pids)) {
                        waiting.countDown();
                    }
                    return false;
                })));
        Thread caller = new Thread(run);
        caller.start();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> run.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        for (String pid : Files.readString(pids).strip().split(" ")) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(handle -> !ProcFs.isZombie(handle.pid()))).isEmpty();
        }
        assertThat(ExecThreads.ofReaders()).isEmpty();
    }

    @Test
    void startsNothingWhenTheCallerIsAlreadyInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> runner.run(sh("touch started").in(folder)));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void killsEverythingWhenTheQuestionWhetherToGoOnThrows() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> runner.run(sh("sleep 60").cancelWhen(() -> {
            throw new IllegalStateException();
        })));
        assertThat(ExecThreads.ofReaders()).isEmpty();
    }

    @Test
    void runsSideBySideDoNotDisturbEachOther() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<String>> runs = IntStream.range(0, 60).<Callable<String>>mapToObj(i -> () -> {
                // Every other run leaves somebody who can be known by the pipe alone, so that holders are found while others start.
                // It lasts long enough for its pipes to be noted.
                ProcessResult outcome = runner.run(sh((i % 2 == 0 ? "env -i sleep 20 & sleep 0.3; " : "") + "echo " + i));
                return outcome.exitCode().getAsInt() + " " + outcome.output().text().strip() + " " + outcome.survivors();
            }).toList();
            List<String> said = new ArrayList<>();
            for (Future<String> run : callers.invokeAll(runs, 60, TimeUnit.SECONDS)) {
                said.add(run.get());
            }

            assertThat(said).isEqualTo(IntStream.range(0, 60).mapToObj(i -> "0 " + i + " []").toList());
            assertThat(ExecThreads.ofReaders()).isEmpty();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "file descriptors are counted under /proc")
    void fiftyRunsLeaveNoThreadAndNoFileOpen() throws Exception {
        runner.run(sh("echo x"));
        int threads = threads();
        long files = openFiles();

        for (int i = 0; i < 50; i++) {
            runner.run(sh("echo x"));
        }

        assertThat(ExecThreads.ofReaders()).isEmpty();
        assertThat(threads()).isLessThanOrEqualTo(threads);
        assertThat(openFiles()).isLessThanOrEqualTo(files);
    }

    @Test
    void killsWhatPrintsMoreThanItMay() throws Exception {
        ProcessResult result = runner.run(sh("yes; sleep 60").outputLimit(100_000).keep(10, 10));

        assertThat(result.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
        assertThat(result.exitCode()).isEmpty();
        assertThat(result.output().totalBytes()).isGreaterThan(100_000);
        assertThat(runner.run(sh("printf 12345").outputLimit(5)).reason()).isEqualTo(Reason.EXITED);
        assertThat(runner.run(sh("printf 123456").outputLimit(5)).reason()).as("seen after the end only").isEqualTo(Reason.OUTPUT_LIMIT);
    }

    @Test
    void writesAllThatIsPrintedToAFileUpToItsBound() throws Exception {
        Path file = folder.resolve("all.log");
        Files.writeString(file, "what an earlier run has left, and more than the next one prints");
        ProcessResult result = runner.run(sh("echo out; echo err >&2; echo again").mergeErrors().keep(0, 1).spill(file, 1_000));
        assertThat(file).content().isEqualTo("out\nerr\nagain\n");
        assertThat(result.spilledBytes()).isEqualTo(14);
        assertThat(result.output().tailText()).isEqualTo("\n");

        ProcessResult bounded = runner.run(sh("yes | head -c 100000").spill(file, 1_234));
        assertThat(Files.size(file)).isEqualTo(1_234).isEqualTo(bounded.spilledBytes());
        assertThat(bounded.output().totalBytes()).isEqualTo(100_000);
        assertThat(bounded.succeeded()).isTrue();
    }

    @Test
    void doesNotWriteThroughALinkAndSaysWhyAFileCannotBeWritten() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
        ProcessResult result = runner.run(sh("echo x").spill(link, 10));
        assertThat(result.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(result.failure()).contains("link");
        assertThat(victim).content().isEqualTo("mine");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void goesOnWhenTheDiskOfTheFileIsFull() throws Exception {
        ProcessResult result = runner.run(sh("echo x").spill(Path.of("/dev/full"), 10));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.spillFailure()).isNotEmpty();
        assertThat(result.output().text()).isEqualTo("x\n");
    }

    @Test
    void takesSecretsOutBeforeAnythingIsKeptOrWritten() throws Exception {
        Path file = folder.resolve("all.log");
        ProcessRequest request = sh("printf 'a hunter2-'; sleep 0.2; echo 'sesame b'; printf 'hunter2-sesame' | base64 >&2").spill(file, 1_000);
        assertThat(runner.run(request).output().text()).as("control").contains("hunter2-sesame");

        ProcessResult result = runner.run(request.redact("hunter2-sesame"));
        assertThat(result.output().text()).isEqualTo("a *** b\n");
        assertThat(result.errors().text()).isEqualTo("***\n");
        assertThat(file).content().doesNotContain("hunter2").contains("a *** b\n").contains("***\n");
        assertThat(sh("echo hunter2-sesame").redact("hunter2-sesame").toString()).doesNotContain("hunter2").contains("echo ***");
    }

    @Test
    void refusesASecretThatWouldCoverInnocentText() {
        assertThatIllegalArgumentException().isThrownBy(() -> sh("").redact("short")).withMessageContaining("8 characters")
                .withMessageNotContaining("short");
        assertThatIllegalArgumentException().isThrownBy(() -> sh("").redact("aaaaaaaaaaaa"));
    }

    @Test
    void asksAProgramToEndBeforeItIsKilled() throws Exception {
        String script = "trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
        ProcessRequest request = sh(script).timeout(Duration.ofMillis(600));
        assertThat(runner.run(request).output().text()).isEqualTo("ready\n");
        ProcessResult asked = runner.run(request.grace(Duration.ofSeconds(5)));
        assertThat(asked.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(asked.output().text()).isEqualTo("ready\ntidied\n");
        assertThat(asked.duration()).isLessThan(Duration.ofSeconds(5));

        ProcessResult endless = runner.run(request.grace(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(endless.output().text()).isEqualTo("ready\ntidied\n");

        ProcessResult deaf = runner.run(sh("trap '' TERM; while :; do sleep 0.05; done").timeout(Duration.ofMillis(300)).grace(Duration.ofMillis(300)));
        assertThat(deaf.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(deaf.survivors()).isEmpty();
    }

    /** Without those that the JDK keeps for its own use and shares among all processes. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.getName().equals("process reaper")).count();
    }

    private static long openFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static ProcessRequest sh(String script) {
        return ProcessRequest.of(List.of("sh", "-c", script)).timeout(Duration.ofSeconds(60));
    }
}
