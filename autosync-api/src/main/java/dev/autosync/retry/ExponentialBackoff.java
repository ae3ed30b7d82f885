package dev.autosync.retry;

import java.util.random.RandomGenerator;

/**
 * Doubles from the first delay to the cap, and draws it apart.
 *
 * @param first the first delay in nanoseconds, 1 or more
 * @param cap the longest, {@code first} or more, below {@link Long#MAX_VALUE} so that a bound above it can be drawn to
 */
record ExponentialBackoff(long first, long cap, Jitter jitter) implements Backoff {

    @Override
    public long delayNanos(int attempt, long previous, RandomGenerator random) {
        long exponential = exponential(attempt);
        return switch (jitter) {
            case NONE -> exponential;
            case EQUAL -> exponential / 2 + random.nextLong(exponential - exponential / 2 + 1);
            case FULL -> random.nextLong(exponential + 1);
            case DECORRELATED -> {
                long before = Math.max(first, previous);
                long most = before > cap / 3 ? cap : before * 3;
                yield first + random.nextLong(Math.min(cap, most) - first + 1);
            }
        };
    }

    /** The delay without jitter. Written so that no shift can overflow. */
    long exponential(int attempt) {
        int doublings = attempt - 1;
        return doublings >= 63 || first > cap >> doublings ? cap : first << doublings;
    }
}
