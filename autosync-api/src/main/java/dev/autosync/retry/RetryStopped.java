package dev.autosync.retry;

import java.util.Objects;

/**
 * Says why no further attempt was made although attempts were left. Never thrown: it is suppressed in the failure that is.
 *
 * <p>Seen by embedding code in stack traces, and in {@link FailedAttempt#stopped()}.
 *
 * @since 0.1.0
 */
public final class RetryStopped extends Exception {
    private static final long serialVersionUID = 1L;

    /** What stood against another attempt. */
    public enum Reason {
        /** All attempts were made. */
        ATTEMPTS,
        /** It would have come too late, or the other side asks to wait for longer than there is time. */
        DEADLINE,
        /** All callers together have made as many retries as the {@link RetryBudget} allows. */
        BUDGET,
        /** The failure is of a kind that another attempt does not cure. */
        FAILURE
    }

    /** What stood against another attempt. */
    private final Reason reason;

    RetryStopped(Reason reason, String message) {
        // Without a stack trace: it would be that of the failure it explains.
        super(message, null, false, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * What stood against another attempt.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
