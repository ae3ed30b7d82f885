package dev.autosync.retry;

/**
 * Hears of every attempt that was not good enough.
 *
 * <p>Implemented by embedding code. Threads: called on the thread of the call, before it waits. What it throws ends the call and reaches the
 * caller, with the failure suppressed in it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RetryListener {

    /**
     * An attempt failed, or gave a result that is to be tried again.
     *
     * @param attempt which one, and what comes next
     */
    void failed(FailedAttempt attempt);
}
