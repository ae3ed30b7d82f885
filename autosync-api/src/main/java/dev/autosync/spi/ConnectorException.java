package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.retry.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector could not do what it was asked for. The cycle goes on without it.
 *
 * @since 0.1.0
 */
public final class ConnectorException extends AutoSyncException implements RetryAfter {
    private static final long serialVersionUID = 1L;

    /** How long to wait at least; null if the other side has not said. */
    private final @Nullable Duration retryAfter;

    /**
     * A failure of a connector.
     *
     * @param code {@link ErrorCode#CONNECTOR_FAILED}, {@link ErrorCode#CONNECTOR_REFUSED} or {@link ErrorCode#CONNECTOR_PROTOCOL}
     * @param message what was tried, on what, why not, what to do; no secret
     * @param cause the cause, or null
     */
    public ConnectorException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, cause);
    }

    /**
     * A failure of a connector whose other side has said when to come back. If there is so much time the engine makes the call again then.
     *
     * @param code {@link ErrorCode#CONNECTOR_FAILED}, {@link ErrorCode#CONNECTOR_REFUSED} or {@link ErrorCode#CONNECTOR_PROTOCOL}
     * @param message what was tried, on what, why not, what to do; no secret
     * @param retryAfter how long to wait at least, 0 or more; null if the other side has not said. {@link RetryAfter#parse} reads it out of an answer
     * @param cause the cause, or null
     */
    public ConnectorException(ErrorCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(code, message, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public boolean retryable() {
        return code() == ErrorCode.CONNECTOR_FAILED || super.retryable();
    }
}
