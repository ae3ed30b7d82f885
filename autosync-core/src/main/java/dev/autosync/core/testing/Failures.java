package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of failures. */
final class Failures {
    private static final int NAMED = 3;

    private Failures() {}

    /** Failed tests in one sentence. */
    static String summary(List<TestResult> failed, int all) {
        String names = failed.stream().limit(NAMED).map(result -> Untrusted.line(result.id(), 200)).collect(Collectors.joining(", "));
        return failed.size() + " of " + all + " tests failed: " + names
                + (failed.size() > NAMED ? " and " + (failed.size() - NAMED) + " more" : "");
    }

    /** What something thrown by the code under test says of itself. Its {@code toString} is code under test too, and may throw anything. */
    static String message(Throwable thrown) {
        try {
            return String.valueOf(thrown.toString());
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }
}
