package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a run of some tests against what was asked for: it is green only if it says something of each of them.
 *
 * <p>Threads: no state.
 */
final class Wanted {
    private Wanted() {}

    /** The run; without a verdict for it if it is green and lacks a test that was asked for. */
    static TestRun judged(TestRun run, Set<String> wanted) {
        List<String> missing = run.green() ? missing(run.results(), wanted) : List.of();
        return missing.isEmpty() ? run : without(missing, wanted, run);
    }

    /**
     * The same of a command, which may be red because it does not know a test that it was asked for.
     *
     * @param ended whether it ended by itself
     */
    static TestRun judged(TestRun run, Set<String> wanted, boolean ended) {
        if (run.verdict() != Verdict.RED || !ended || !run.failures().isEmpty()) {
            return judged(run, wanted);
        }
        List<String> missing = missing(run.results(), wanted);
        return missing.isEmpty() ? run : without(missing, wanted, run);
    }

    private static TestRun without(List<String> missing, Set<String> wanted, TestRun run) {
        String reason = "The run says nothing of " + missing.size() + " of the " + wanted.size() + " tests that were asked for: "
                + Untrusted.line(missing.get(0), 300) + (run.green() ? "" : "; " + run.reason());
        return TestRun.of(Verdict.NO_TESTS, Untrusted.line(reason, 1_000), run.results(), run.duration()).output(run.output())
                .seeds(run.seeds());
    }

    /** The tests that were asked for and have no result. */
    static List<String> missing(List<TestResult> results, Set<String> wanted) {
        Set<String> known = results.stream().map(TestResult::id).collect(Collectors.toSet());
        return wanted.stream().filter(test -> !known.contains(test) && known.stream().noneMatch(id -> isOf(id, test))).toList();
    }

    /**
     * Whether a test is one of a class, or an invocation of a method. These have a result of their own only when they could not be set up.
     */
    static boolean isOf(String id, String type) {
        return id.startsWith(type) && id.length() > type.length() && "#$[".indexOf(id.charAt(type.length())) >= 0;
    }
}
