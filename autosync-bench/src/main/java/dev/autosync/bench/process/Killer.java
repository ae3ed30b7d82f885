package dev.autosync.bench.process;

import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/** Ways to run a shell script within a time and to end what is left of it then. */
enum Killer {
    AUTOSYNC("autosync") {
        @Override
        void run(String script, Duration timeout) throws InterruptedException {
            ProcessRunner.create().run(ProcessRequest.of(List.of("sh", "-c", script)).timeout(timeout));
        }
    },

    /** The JDK's own: the first process alone. */
    DESTROY_FORCIBLY("destroyForcibly") {
        @Override
        void run(String script, Duration timeout) throws IOException, InterruptedException {
            byHand(script, timeout, Process::destroyForcibly);
        }
    },

    /** The JDK's own: the descendants that can still be seen, then the first process. */
    DESCENDANTS("descendants") {
        @Override
        void run(String script, Duration timeout) throws IOException, InterruptedException {
            byHand(script, timeout, process -> {
                List<ProcessHandle> descendants = process.descendants().toList();
                descendants.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
        }
    },

    /** Apache Commons Exec as its tutorial has it. */
    COMMONS_EXEC("commons-exec") {
        @Override
        void run(String script, Duration timeout) throws IOException {
            DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(new ByteArrayOutputStream())).get();
            executor.setWatchdog(ExecuteWatchdog.builder().setTimeout(timeout).get());
            try {
                executor.execute(new CommandLine("sh").addArgument("-c", false).addArgument(script, false));
            } catch (ExecuteException e) {
                // An exit code that tells of the kill.
            }
        }
    };

    private final String who;

    Killer(String who) {
        this.who = who;
    }

    String who() {
        return who;
    }

    /** Runs a script, reads all it prints, and returns when it has ended and its output is at its end. */
    abstract void run(String script, Duration timeout) throws IOException, InterruptedException;

    /** How to kill. */
    private interface Kill {
        void kill(Process process);
    }

    private static void byHand(String script, Duration timeout, Kill kill) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        InputStream output = process.getInputStream();
        Thread reader = new Thread(() -> {
            try {
                output.readAllBytes();
            } catch (IOException e) {
                // Closed by the kill.
            }
        });
        reader.setDaemon(true);
        reader.start();
        process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        kill.kill(process);
        process.waitFor();
        reader.join();
    }
}
