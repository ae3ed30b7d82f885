package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;

/**
 * A patch reached for a path that it may not touch ({@link ErrorCode#PATCH_PATH_REFUSED}). Nothing was read or written.
 *
 * @since 0.1.0
 */
public final class PathRefusedException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused path.
     *
     * @param message which path, and why
     */
    public PathRefusedException(String message) {
        super(ErrorCode.PATCH_PATH_REFUSED, message);
    }
}
