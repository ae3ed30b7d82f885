package dev.autosync.retry;

/**
 * How the delays of callers that failed together are drawn apart.
 *
 * <p>Source: Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015. There a decorrelated delay is clamped to the cap; here
 * every kind is drawn below it, so that no delays gather at the cap. In what follows {@code e} is the exponential delay
 * {@code min(cap, first * 2^(attempt - 1))}.
 *
 * @since 0.1.0
 */
public enum Jitter {
    /** {@code e} itself. */
    NONE,
    /** Between half of {@code e} and {@code e}. */
    EQUAL,
    /** Between nothing and {@code e}: the least load for the other side. */
    FULL,
    /** Between the first delay and three times the delay before, at most the cap: the earliest end under contention. */
    DECORRELATED
}
