package dev.autosync.core.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult.Reason;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight shapes of process trees that outlive a plain kill. Every process is known by a number in its command line. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the cookie and the pipes of a run can be looked up on Linux only")
class KillMatrixTest {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    private final String mark = "60." + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 foreground child                   | sleep 60; true                                       | TIMED_OUT
            2 background children, parent waits  | sleep 60 & sleep 60 & wait                           | TIMED_OUT
            3 child ignores TERM                 | sh -c 'trap "" TERM; sleep 60; sleep 60' & wait      | TIMED_OUT
            4 parent exits, child keeps the pipe | sleep 60 & exit 0                                    | EXITED
            5 double fork                        | ( ( sleep 60 & ) & ) ; sleep 60                      | TIMED_OUT
            6 setsid daemon                      | setsid sleep 60 & sleep 60                           | TIMED_OUT
            7 setsid and double fork             | ( setsid sh -c 'sleep 60 & sleep 60' & ) ; sleep 60  | TIMED_OUT
            8 environment stripped               | ( env -i /usr/bin/setsid /bin/sleep 60 & ) ; sleep 60 | TIMED_OUT
            """)
    void leavesNoProcessAndNoReaderBehind(String shape, String script, Reason reason) throws Exception {
        long begun = System.nanoTime();
        ProcessResult outcome = ProcessRunner.create().run(
                ProcessRequest.of(List.of("sh", "-c", script.replace("60", mark))).timeout(TIMEOUT));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.plusSeconds(2));
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.survivors()).isEmpty();
        assertThat(marked()).as("processes alive").isEmpty();
        assertThat(ExecThreads.ofReaders()).as("readers stuck").isEmpty();
        assertThat(outcome.outputMayBeIncomplete()).isTrue();
    }

    @AfterEach
    void killWhatATestThatFailedHasLeft() {
        List<ProcessHandle> left = marked();
        left.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
    }

    private List<ProcessHandle> marked() {
        // A process that has ended and was not yet asked for has no command line any more.
        return ProcessHandle.allProcesses().filter(handle -> handle.info().commandLine().orElse("").contains(mark)).toList();
    }
}
