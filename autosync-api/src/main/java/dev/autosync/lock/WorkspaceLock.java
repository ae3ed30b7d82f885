package dev.autosync.lock;

import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.retry.Deadline;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to change a workspace: the lock that the engine takes for each of its cycles.
 *
 * <p>Called by embedding code that changes files of a workspace by itself, or wants to know why an engine has to wait. One process of a machine
 * holds it at a time, and one thread in it; the operating system frees it when its process ends, however that ends. Threads: safe to share.
 *
 * {@snippet class=dev.autosync.examples.LockExample region=workspace}
 *
 * @since 0.1.0
 */
public interface WorkspaceLock {

    /**
     * The lock of a workspace. Nothing is touched before it is taken.
     *
     * @param workspace an existing folder
     * @return the lock
     * @throws dev.autosync.AutoSyncException {@link ErrorCode#WORKSPACE_NOT_FOUND}, or {@link ErrorCode#CORE_MISSING}
     */
    static WorkspaceLock of(Path workspace) {
        return Core.provider().workspaceLock(workspace);
    }

    /**
     * Takes the workspace.
     *
     * @param deadline until when to wait
     * @return what is held; to be closed on any thread
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if somebody else has it all that time: who, since when, whether alive, and what
     *     to do
     * @throws dev.autosync.AutoSyncException {@link ErrorCode#WORKSPACE_IO} if it cannot be locked at all
     * @throws InterruptedException if the thread was interrupted; the workspace is not held
     */
    Hold acquire(Deadline deadline) throws InterruptedException;

    /**
     * Takes the workspace if it is free.
     *
     * @return what is held, to be closed on any thread; empty if somebody else has it
     * @throws dev.autosync.AutoSyncException {@link ErrorCode#WORKSPACE_IO} if it cannot be locked at all
     */
    Optional<Hold> tryAcquire();

    /**
     * Looks who has the workspace. Others see it taken while this looks, for some microseconds.
     *
     * @return the state at this moment
     * @throws dev.autosync.AutoSyncException {@link ErrorCode#WORKSPACE_IO} if the lock cannot be looked at
     */
    LockStatus inspect();

    /**
     * Takes the workspace away from whoever has it, for a holder that was stopped or hangs for ever. A holder that goes on after all learns it
     * before it makes anything final, undoes nothing and records nothing: the next cycle of an engine does that. What it writes to files in
     * the moment between its last look and its next cannot be kept from it; so first make sure that it cannot go on.
     *
     * @return what is held; to be closed on any thread
     * @throws dev.autosync.AutoSyncException {@link ErrorCode#WORKSPACE_IO} if the lock's file cannot be replaced, as on Windows
     */
    Hold force();
}
