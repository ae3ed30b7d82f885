package dev.autosync.testkit;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class FixedSuiteTest extends TestSuiteContract {

    @Override
    protected TestSuite green(Path workspace) {
        return suite(Verdict.GREEN, TestResult.Status.PASSED);
    }

    @Override
    protected TestSuite red(Path workspace) {
        return suite(Verdict.RED, TestResult.Status.FAILED);
    }

    @Override
    protected String failingTest() {
        return "a test";
    }

    static TestSuite suite(Verdict verdict, TestResult.Status status) {
        return context -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return TestRun.of(verdict, "as it was told", List.of(TestResult.of("a test", status, Duration.ZERO, "")), Duration.ZERO);
        };
    }
}
