package dev.autosync.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something is held by somebody else ({@link ErrorCode#WORKSPACE_BUSY}, {@link ErrorCode#LOCK_BUSY}), or has been lost to somebody else
 * ({@link ErrorCode#WORKSPACE_LOST}). Of a busy one nothing was changed; try again later.
 *
 * @since 0.1.0
 */
public final class LockException extends AutoSyncException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable LockOwner owner;

    /**
     * A lock that is busy or lost.
     *
     * @param code {@link ErrorCode#WORKSPACE_BUSY}, {@link ErrorCode#WORKSPACE_LOST} or {@link ErrorCode#LOCK_BUSY}
     * @param message what was tried, on what, why not, what to do
     * @param owner who holds it, or null when that is not known
     */
    public LockException(ErrorCode code, String message, @Nullable LockOwner owner) {
        super(code, message);
        this.owner = owner;
    }

    static LockException keyBusy(String key, Optional<Thread> holder) {
        String by = holder.map(thread -> "the thread " + thread.getName() + (thread.isAlive() ? "" : ", which has ended without giving it back"))
                .orElse("another thread, until a moment ago");
        return new LockException(ErrorCode.LOCK_BUSY, "Cannot take the key '" + key + "' before the deadline: it is held by " + by
                + ". Wait longer, or hold it for a shorter time", null);
    }

    /**
     * Who holds the workspace, where known.
     *
     * @return the owner; lost by serialization
     */
    public Optional<LockOwner> owner() {
        return Optional.ofNullable(owner);
    }

    @Override
    public boolean retryable() {
        return code() == ErrorCode.LOCK_BUSY || super.retryable();
    }
}
