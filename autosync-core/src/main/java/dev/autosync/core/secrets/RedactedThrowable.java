package dev.autosync.core.secrets;

import org.jspecify.annotations.Nullable;

/** Prints like a throwable that showed a secret, without the secret. */
final class RedactedThrowable extends Throwable {
    private static final long serialVersionUID = 1L;

    /** What stands in the first line of a stack trace. */
    private final String shown;

    RedactedThrowable(String shown, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.shown = shown;
    }

    /** A throwable whose texts nobody can trust: its type and its stack trace, and nothing else of it. */
    static RedactedThrowable typeOf(Throwable thrown) {
        RedactedThrowable copy = new RedactedThrowable(thrown.getClass().getName(), null, null);
        copy.setStackTrace(thrown.getStackTrace());
        return copy;
    }

    @Override
    public String toString() {
        return shown;
    }
}
