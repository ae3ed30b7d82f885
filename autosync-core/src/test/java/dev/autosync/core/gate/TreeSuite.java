package dev.autosync.core.gate;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A test for each file of the root named f*: it fails if the file holds BAD. Able to run side by side; does what it is told to before each run. */
final class TreeSuite implements TestSuite {
    /** Something that happens in a run before the tests. */
    interface Before {
        void run(TestContext context) throws IOException, InterruptedException;
    }

    final AtomicInteger runs = new AtomicInteger();
    private final Before before;

    TreeSuite(Before before) {
        this.before = before;
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        runs.incrementAndGet();
        List<TestResult> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(context.workspace())) {
            before.run(context);
            for (Path file : files.filter(file -> file.getFileName().toString().matches("f\\d+")).sorted().toList()) {
                boolean bad = Files.readString(file).contains("BAD");
                results.add(TestResult.of(file.getFileName().toString(), bad ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO,
                        bad ? "holds BAD" : ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean red = results.stream().anyMatch(result -> result.status() == TestResult.Status.FAILED);
        return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "a file holds BAD" : "no file holds BAD", results, Duration.ZERO);
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    @Override
    public String fingerprint() {
        return "tree";
    }
}
