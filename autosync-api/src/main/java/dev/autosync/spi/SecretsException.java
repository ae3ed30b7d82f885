package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A secret could not be had. The message names the reference, never the secret.
 *
 * @since 0.1.0
 */
public final class SecretsException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    /**
     * A secret that could not be had.
     *
     * @param code {@link ErrorCode#SECRET_REFERENCE}, {@link ErrorCode#SECRET_NOT_FOUND} or {@link ErrorCode#SECRET_UNUSABLE}
     * @param message which reference, why not, what to do; no secret
     * @param cause the cause, or null; its message must not hold the secret either
     */
    public SecretsException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
