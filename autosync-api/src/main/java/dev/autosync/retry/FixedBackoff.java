package dev.autosync.retry;

import java.util.random.RandomGenerator;

/**
 * The same each time.
 *
 * @param delay in nanoseconds, 1 or more
 */
record FixedBackoff(long delay) implements Backoff {

    @Override
    public long delayNanos(int attempt, long previous, RandomGenerator random) {
        return delay;
    }
}
