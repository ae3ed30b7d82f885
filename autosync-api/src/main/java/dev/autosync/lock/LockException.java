package dev.autosync.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workspace is held by somebody else ({@link ErrorCode#WORKSPACE_BUSY}). Nothing was changed; try again later.
 *
 * @since 0.1.0
 */
public final class LockException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable LockOwner owner;

    /**
     * A busy workspace.
     *
     * @param message what was tried, on what, why not, what to do
     * @param owner who holds it, or null when that is not known
     */
    public LockException(String message, @Nullable LockOwner owner) {
        super(ErrorCode.WORKSPACE_BUSY, message);
        this.owner = owner;
    }

    /**
     * Who holds the workspace, where known.
     *
     * @return the owner; lost by serialization
     */
    public Optional<LockOwner> owner() {
        return Optional.ofNullable(owner);
    }
}
