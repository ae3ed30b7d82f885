package dev.autosync.core.journal;

/** Sees that a workspace is still held, before anything is written to it. */
@FunctionalInterface
public interface Fence {

    /**
     * Looks.
     *
     * @throws dev.autosync.lock.LockException {@link dev.autosync.ErrorCode#WORKSPACE_LOST} if it is not
     */
    void check();
}
