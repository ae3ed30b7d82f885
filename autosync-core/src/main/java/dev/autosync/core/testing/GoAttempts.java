package dev.autosync.core.testing;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tests of a package of Go in a report of gotestsum, where no two tests have one name: cases of one name are attempts of one test, as gotestsum writes what it runs again.
 * It writes those that failed first, whatever came first.
 *
 * <p>Threads: for the thread that parses.
 */
final class GoAttempts {
    private final Map<String, TestResult> tests = new LinkedHashMap<>();

    void add(TestResult result) {
        tests.merge(result.id(), result, GoAttempts::merged);
    }

    int size() {
        return tests.size();
    }

    private static TestResult merged(TestResult a, TestResult b) {
        boolean failed = a.status() == Status.FAILED || b.status() == Status.FAILED;
        boolean passed = a.status() == Status.PASSED || b.status() == Status.PASSED;
        boolean alreadySaid = a.status() == Status.PASSED && a.attempts() > 1;
        String message = a.message().isEmpty() ? b.message() : a.message();
        TestResult both = TestResult.of(a.id(), passed ? Status.PASSED : failed ? Status.FAILED : b.status(), a.duration().plus(b.duration()),
                failed && passed && !alreadySaid ? "passed when repeated; before: " + message : message);
        return failed ? both.withAttempts(a.attempts() + b.attempts()) : both;
    }

    void addTo(ResultSet results) {
        tests.values().forEach(results::add);
        tests.clear();
    }
}
