package dev.autosync.github.remote;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There was no answer, or none that could be taken. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether the request may have arrived. */
    private final boolean sent;

    HttpFailure(boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    /** Whether the request may have arrived; if not, nothing happened on the other side. */
    public boolean mayHaveArrived() {
        return sent;
    }

    /** Whether the answer was too large to be true. */
    public boolean isTooLarge() {
        return getCause() instanceof BoundedBody.TooLargeException;
    }

    /** What went wrong. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
