package dev.autosync.testing;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One run of a suite: its verdict, and what each test said.
 *
 * <p>All text in it came from the tests or the build and is untrusted: bounded, control characters shown as escapes.
 * Threads: immutable.
 *
 * @since 0.1.0
 */
public final class TestRun {
    private static final int MOST_SEEDS = 100;

    private final Verdict verdict;
    private final String reason;
    private final List<TestResult> results;
    private final Duration duration;
    private final String output;
    private final Map<String, String> seeds;
    private final boolean complete;

    private TestRun(Verdict verdict, String reason, List<TestResult> results, Duration duration, String output, Map<String, String> seeds, boolean complete) {
        this.verdict = verdict;
        this.reason = reason;
        this.results = results;
        this.duration = duration;
        this.output = output;
        this.seeds = seeds;
        this.complete = complete;
    }

    /**
     * A run.
     *
     * @param verdict what it says
     * @param reason why that is the verdict, one line; untrusted parts neutralised
     * @param results what each test said; empty if nothing is known about single tests
     * @param duration how long the run took
     * @return the run
     */
    public static TestRun of(Verdict verdict, String reason, List<TestResult> results, Duration duration) {
        return new TestRun(Objects.requireNonNull(verdict, "verdict"), Objects.requireNonNull(reason, "reason"),
                List.copyOf(results), Objects.requireNonNull(duration, "duration"), "", Map.of(), true);
    }

    /**
     * The same run with what it printed.
     *
     * @param output the end of what the run printed, bounded and neutralised
     * @return a new run
     */
    public TestRun output(String output) {
        return new TestRun(verdict, reason, results, duration, Objects.requireNonNull(output, "output"), seeds, complete);
    }

    /**
     * The same run with what its random numbers were drawn from, as far as that is known, so that it can be repeated.
     *
     * @param seeds the seeds by the names that the tests gave them; of more than 100 the first by name are kept
     * @return a new run
     */
    public TestRun seeds(Map<String, String> seeds) {
        TreeMap<String, String> kept = new TreeMap<>(seeds);
        while (kept.size() > MOST_SEEDS) {
            kept.pollLastEntry();
        }
        return new TestRun(verdict, reason, results, duration, output, Collections.unmodifiableMap(kept), complete);
    }

    /**
     * The same run that did not come to its own end: a limit ended it, or its first failure. What it does not say of a test is unknown.
     *
     * @return a new run
     */
    public TestRun incomplete() {
        return new TestRun(verdict, reason, results, duration, output, seeds, false);
    }

    /**
     * What the run says about the tree.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Whether the verdict is {@link Verdict#GREEN}.
     *
     * @return true if patches may land on it
     */
    public boolean green() {
        return verdict == Verdict.GREEN;
    }

    /**
     * Why that is the verdict.
     *
     * @return one line
     */
    public String reason() {
        return reason;
    }

    /**
     * What each test said.
     *
     * @return in the order of the suite's report; empty if nothing is known about single tests
     */
    public List<TestResult> results() {
        return results;
    }

    /**
     * The tests that failed.
     *
     * @return a part of {@link #results()}, in its order
     */
    public List<TestResult> failures() {
        return results.stream().filter(r -> r.status() == TestResult.Status.FAILED).toList();
    }

    /**
     * How long the run took.
     *
     * @return the time from start to verdict
     */
    public Duration duration() {
        return duration;
    }

    /**
     * The end of what the run printed.
     *
     * @return untrusted text; empty if nothing was kept
     */
    public String output() {
        return output;
    }

    /**
     * What the run's random numbers were drawn from, as far as that is known.
     *
     * @return untrusted texts by the names that the tests gave them, in the order of the names; empty if nothing is known
     */
    public Map<String, String> seeds() {
        return seeds;
    }

    /**
     * Whether the run came to its own end.
     *
     * @return false if a limit or a failure ended it
     */
    public boolean complete() {
        return complete;
    }

    @Override
    public String toString() {
        return verdict + " (" + results.size() + " tests, " + failures().size() + " failed): " + reason;
    }
}
