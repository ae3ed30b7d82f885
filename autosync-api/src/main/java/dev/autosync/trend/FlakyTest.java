package dev.autosync.trend;

import java.util.List;
import java.util.Objects;

/**
 * A test that both failed and passed on the same content.
 *
 * <p>Made by analyzers. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class FlakyTest {
    private final String id;
    private final int runs;
    private final int failures;
    private final List<Long> evidence;

    private FlakyTest(String id, int runs, int failures, List<Long> evidence) {
        this.id = id;
        this.runs = runs;
        this.failures = failures;
        this.evidence = evidence;
    }

    /**
     * A flaky test.
     *
     * @param id the test's id
     * @param runs how many runs there were on the contents on which it contradicted itself, 2 or more
     * @param failures in how many of these it failed, 1 or more and less than {@code runs}
     * @param evidence the sequence numbers of these runs
     * @return the test
     * @throws IllegalArgumentException if the numbers are out of range
     */
    public static FlakyTest of(String id, int runs, int failures, List<Long> evidence) {
        if (failures < 1 || failures >= runs) {
            throw new IllegalArgumentException("failures must be 1 to " + (runs - 1) + ", was " + failures);
        }
        return new FlakyTest(Objects.requireNonNull(id, "id"), runs, failures, List.copyOf(evidence));
    }

    /**
     * The test.
     *
     * @return its id, untrusted text
     */
    public String id() {
        return id;
    }

    /**
     * How many runs there were on the contents on which it contradicted itself.
     *
     * @return 2 or more
     */
    public int runs() {
        return runs;
    }

    /**
     * In how many of these it failed.
     *
     * @return 1 or more, less than {@link #runs()}
     */
    public int failures() {
        return failures;
    }

    /**
     * How often it fails: the mean of the posterior of a uniform prior, (failures + 1) / (runs + 2).
     *
     * @return more than 0, less than 1
     */
    public double failureRate01() {
        return (failures + 1.0) / (runs + 2.0);
    }

    /**
     * The runs that show it.
     *
     * @return sequence numbers of {@code test-run} events
     */
    public List<Long> evidence() {
        return evidence;
    }

    @Override
    public String toString() {
        return id + " failed in " + failures + " of " + runs + " runs on the same content";
    }
}
