package dev.autosync;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a stable code. What a patch or a test did is never an exception but a value.
 *
 * <p>The message says what was tried, on what, why not and what to do; it ends with the code. It never holds a secret.
 *
 * @since 0.1.0
 */
public class AutoSyncException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The stable code. */
    private final ErrorCode code;
    private final transient @Nullable Location location;

    /**
     * A failure without a place.
     *
     * @param code the code
     * @param message what was tried, on what, why not, what to do; without the code
     */
    public AutoSyncException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * A failure that has a cause.
     *
     * @param code the code
     * @param message what was tried, on what, why not, what to do; without the code
     * @param cause the cause, or null
     */
    public AutoSyncException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, cause);
    }

    /**
     * A failure at a place in a file.
     *
     * @param code the code
     * @param message what was tried, on what, why not, what to do; without the code and the place
     * @param location the place, or null
     * @param cause the cause, or null
     */
    public AutoSyncException(ErrorCode code, String message, @Nullable Location location, @Nullable Throwable cause) {
        super((location == null ? "" : location + ": ") + Objects.requireNonNull(message, "message") + " [" + code.id() + "]",
                cause);
        this.code = code;
        this.location = location;
    }

    /**
     * What was tried, on what, why not and what to do, with the place in front and the code behind.
     *
     * @return never null
     */
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /**
     * The stable code.
     *
     * @return the code
     */
    public final ErrorCode code() {
        return code;
    }

    /**
     * The place in a file, where there is one.
     *
     * @return the place; lost by serialization
     */
    public final Optional<Location> location() {
        return Optional.ofNullable(location);
    }

    /**
     * Whether the same call may succeed later without anybody changing anything.
     *
     * @return true only for a workspace that is busy or changed under the engine
     */
    public boolean retryable() {
        return code == ErrorCode.WORKSPACE_BUSY || code == ErrorCode.WORKSPACE_CHANGED;
    }
}
