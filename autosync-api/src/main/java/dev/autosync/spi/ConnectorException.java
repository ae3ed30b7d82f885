package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A connector could not do what it was asked for. The cycle goes on without it.
 *
 * @since 0.1.0
 */
public final class ConnectorException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure of a connector.
     *
     * @param code {@link ErrorCode#CONNECTOR_FAILED}, {@link ErrorCode#CONNECTOR_REFUSED} or {@link ErrorCode#CONNECTOR_PROTOCOL}
     * @param message what was tried, on what, why not, what to do; no secret
     * @param cause the cause, or null
     */
    public ConnectorException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    @Override
    public boolean retryable() {
        return code() == ErrorCode.CONNECTOR_FAILED || super.retryable();
    }
}
