package dev.autosync.retry;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was not good enough.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class FailedAttempt {
    private final int number;
    private final @Nullable Throwable failure;
    private final Duration delay;
    private final RetryStopped.@Nullable Reason stopped;

    FailedAttempt(int number, @Nullable Throwable failure, Duration delay, RetryStopped.@Nullable Reason stopped) {
        this.number = number;
        this.failure = failure;
        this.delay = delay;
        this.stopped = stopped;
    }

    /**
     * Its number.
     *
     * @return 1 for the first
     */
    public int number() {
        return number;
    }

    /**
     * How it failed.
     *
     * @return empty if it gave a result that is to be tried again
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * How long until the next attempt.
     *
     * @return 0 or more; 0 if there is none
     */
    public Duration delay() {
        return delay;
    }

    /**
     * Why there is no further attempt.
     *
     * @return empty if there is one
     */
    public Optional<RetryStopped.Reason> stopped() {
        return Optional.ofNullable(stopped);
    }

    @Override
    public String toString() {
        return "attempt " + number + " failed: " + (failure == null ? "its result is to be tried again" : failure)
                + (stopped == null ? "; next in " + delay : "; no other: " + stopped);
    }
}
