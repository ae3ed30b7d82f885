package dev.autosync.testing;

import java.time.Duration;
import java.util.Objects;

/**
 * What one test said in one run.
 *
 * <p>The message is untrusted text of the tests: control characters are shown as escapes and its length is bounded, but it may
 * still say anything. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class TestResult {

    /** How a test ended. */
    public enum Status {
        /** It passed. */
        PASSED,
        /** It failed or threw. */
        FAILED,
        /** It did not run. */
        SKIPPED
    }

    private final String id;
    private final Status status;
    private final Duration duration;
    private final String message;
    private final int attempts;

    private TestResult(String id, Status status, Duration duration, String message, int attempts) {
        this.id = Objects.requireNonNull(id, "id");
        this.status = Objects.requireNonNull(status, "status");
        this.duration = Objects.requireNonNull(duration, "duration");
        this.message = Objects.requireNonNull(message, "message");
        this.attempts = attempts;
    }

    /**
     * A result of one attempt.
     *
     * @param id the test's name, the same in every run, for example {@code org.example.FooTest#adds}
     * @param status how it ended
     * @param duration how long it took
     * @param message why it failed or was skipped; empty if there is nothing to say
     * @return the result
     */
    public static TestResult of(String id, Status status, Duration duration, String message) {
        return new TestResult(id, status, duration, message, 1);
    }

    /**
     * The same result after several attempts.
     *
     * @param attempts how often the test was run, 1 or more
     * @return a new result
     * @throws IllegalArgumentException if it is less than 1
     */
    public TestResult withAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, was " + attempts);
        }
        return attempts == this.attempts ? this : new TestResult(id, status, duration, message, attempts);
    }

    /**
     * The test's name, the same in every run.
     *
     * @return for example {@code org.example.FooTest#adds}
     */
    public String id() {
        return id;
    }

    /**
     * How it ended.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /**
     * How long it took.
     *
     * @return zero if that is not known
     */
    public Duration duration() {
        return duration;
    }

    /**
     * Why it failed or was skipped.
     *
     * @return untrusted text, at most a few thousand characters; empty if there is nothing to say
     */
    public String message() {
        return message;
    }

    /**
     * How often the test was run before it said this. One that passed after several attempts is flaky: it had failed before, on the same tree.
     *
     * @return 1 unless the suite itself repeats tests and its report says so
     */
    public int attempts() {
        return attempts;
    }

    @Override
    public String toString() {
        return id + " " + status + (message.isEmpty() ? "" : ": " + message);
    }
}
