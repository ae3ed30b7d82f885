package dev.autosync.core.engine;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A suite with a test for each text file of the root: it fails if the file holds the word BAD. */
final class NoBad implements TestSuite {
    int runs;

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        runs++;
        List<TestResult> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(context.workspace())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                boolean bad = Files.readString(file).contains("BAD");
                results.add(TestResult.of(file.getFileName().toString(), bad ? TestResult.Status.FAILED : TestResult.Status.PASSED,
                        Duration.ZERO, bad ? "holds BAD" : ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (results.isEmpty()) {
            return TestRun.of(Verdict.NO_TESTS, "no text files", results, Duration.ZERO);
        }
        boolean red = results.stream().anyMatch(r -> r.status() == TestResult.Status.FAILED);
        return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "a file holds BAD" : "no file holds BAD", results, Duration.ZERO);
    }

    @Override
    public String fingerprint() {
        return "no-bad";
    }
}
