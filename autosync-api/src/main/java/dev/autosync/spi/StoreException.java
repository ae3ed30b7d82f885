package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A store could not do what it was asked for. The cycle ends; what has landed stays and is recorded by the next cycle.
 *
 * @since 0.1.0
 */
public final class StoreException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure of a store.
     *
     * @param code {@link ErrorCode#STORE_FAILED}, {@link ErrorCode#STORE_DAMAGED}, {@link ErrorCode#STORE_STALE_TOKEN},
     *     {@link ErrorCode#STORE_FOREIGN} or {@link ErrorCode#STORE_VERSION}
     * @param message what was tried, on what, why not, what to do
     * @param cause the cause, or null
     */
    public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
