package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import java.util.List;
import java.util.stream.Collectors;

/** Failed tests in one sentence. */
final class Failures {
    private static final int NAMED = 3;

    private Failures() {}

    static String summary(List<TestResult> failed, int all) {
        String names = failed.stream().limit(NAMED).map(result -> Untrusted.line(result.id(), 200)).collect(Collectors.joining(", "));
        return failed.size() + " of " + all + " tests failed: " + names
                + (failed.size() > NAMED ? " and " + (failed.size() - NAMED) + " more" : "");
    }
}
