package dev.autosync.retry;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt.
 *
 * <p>Implemented by embedding code that wants another rule than {@link RetryPolicy#exponential}. Threads: must be safe to share.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Backoff {

    /**
     * The delay.
     *
     * @param attempt the number of the attempt that failed, 1 for the first
     * @param previous the delay before that attempt in nanoseconds, 0 for the first
     * @param random what chance is to be taken from
     * @return nanoseconds, 0 or more; a negative one ends the call with an {@link IllegalStateException}
     */
    long delayNanos(int attempt, long previous, RandomGenerator random);
}
