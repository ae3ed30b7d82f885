package dev.autosync.core.testing;

import java.time.Duration;

/** What the suites say about time. */
final class Durations {
    /** The limit on a whole run unless another is set. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private Durations() {}

    static Duration requirePositive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be more than zero, was " + timeout);
        }
        return timeout;
    }

    static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
