package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results by id, in the order in which they came.
 *
 * <p>An id that comes twice (a class run in two modules, invocations that were given one name) is one result: failed if either
 * failed, skipped only if both were. So a run never says two things about one id, which would look like a flaky test. That it
 * came twice makes it no repeated test: only what a report calls an attempt is one ({@link TestResult#attempts}).
 * Threads: safe, since an abandoned run may still report.
 */
final class ResultSet {
    /** More than any suite has; a bound for reports that nobody meant to be read. */
    static final int MOST = 100_000;

    private static final int MOST_SEEDS = 100;
    private static final int MOST_SEED_CHARS = 200;

    private final Map<String, TestResult> results = new LinkedHashMap<>();
    private final Map<String, String> seeds = new TreeMap<>();
    private int added;

    /** @throws TooManyResultsException past {@link #MOST} results */
    void add(String id, Status status, Duration duration, String message) {
        add(TestResult.of(id, status, duration, message));
    }

    /** @throws TooManyResultsException past {@link #MOST} results */
    synchronized void add(TestResult result) {
        if (++added > MOST) {
            throw new TooManyResultsException();
        }
        results.merge(result.id(), result, ResultSet::worse);
    }

    /** Whether there were more than {@link #MOST}, so that some are not known. */
    synchronized boolean tooMany() {
        return added > MOST;
    }

    /** Notes that results of one id were attempts of one test. */
    synchronized void repeated(String id, int attempts) {
        results.computeIfPresent(id, (key, result) -> result.withAttempts(Math.max(attempts, result.attempts())));
    }

    /** Notes something that tests have named, if its name says that it is a seed of random numbers. */
    synchronized void seed(String name, String value) {
        if (name.toLowerCase(Locale.ROOT).contains("seed") && seeds.size() < MOST_SEEDS) {
            seeds.putIfAbsent(Untrusted.line(name, MOST_SEED_CHARS), Untrusted.line(value, MOST_SEED_CHARS));
        }
    }

    synchronized Map<String, String> seeds() {
        return new TreeMap<>(seeds);
    }

    synchronized List<TestResult> list() {
        return new ArrayList<>(results.values());
    }

    private static TestResult worse(TestResult a, TestResult b) {
        TestResult worse = rank(a) >= rank(b) ? a : b;
        return TestResult.of(a.id(), worse.status(), a.duration().plus(b.duration()), worse.message())
                .withAttempts(Math.max(a.attempts(), b.attempts()));
    }

    private static int rank(TestResult result) {
        return switch (result.status()) {
            case SKIPPED -> 0;
            case PASSED -> 1;
            case FAILED -> 2;
        };
    }

    /** There are more results than {@link #MOST}. */
    static final class TooManyResultsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManyResultsException() {
            super("more than " + MOST + " test cases");
        }
    }
}
