package dev.autosync.examples;

import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that is run and leaves nothing behind. */
final class ProcessExample {
    private ProcessExample() {}

    static ProcessResult run(List<String> command, Path folder, Path log, String token) throws InterruptedException {
        // @start region="run"
        ProcessResult result = ProcessRunner.create().run(ProcessRequest.of(command)
                .in(folder)
                .timeout(Duration.ofMinutes(10))
                .idleTimeout(Duration.ofMinutes(2)) // without any output
                .mergeErrors()
                .spill(log, 50_000_000) // all of it, at most so many bytes
                .redact(token));
        if (!result.succeeded()) {
            System.err.println(result.reason() + ": " + result.output().tailText());
        }
        // @end
        return result;
    }
}
