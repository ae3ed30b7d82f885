package dev.autosync.snapshot;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.lock.LockException;
import java.nio.file.Path;
import java.util.List;

/**
 * The snapshots of a workspace that are kept with what its files held, and going back to one of them.
 *
 * {@snippet class=dev.autosync.examples.SnapshotsExample region=restore}
 *
 * <p>Called by embedding code. Threads: safe to share. Where not said otherwise a method waits for nobody: if the workspace is busy it throws
 * {@link ErrorCode#WORKSPACE_BUSY}.
 *
 * @since 0.1.0
 */
public interface Snapshots {

    /**
     * The snapshots of a workspace without an engine. If there is an {@code autosync/core_config.json}, what it says of snapshots holds. With an
     * engine that was configured in code ask {@link dev.autosync.SyncEngine#snapshots()}.
     *
     * @param workspace a folder
     * @return its snapshots
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_NOT_FOUND} if it is no folder, {@link ErrorCode#CORE_MISSING} if
     *     {@code autosync-core} is missing
     */
    static Snapshots of(Path workspace) {
        return Core.provider().snapshots(workspace);
    }

    /**
     * The kept snapshots. Waits for nobody, and reads only what tells them apart.
     *
     * @return oldest first; the first one is the initial snapshot
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_IO} if they cannot be read
     */
    List<KeptSnapshot> list();

    /**
     * Takes a snapshot of the present and keeps it. If the latest one holds the same and has the same label, nothing is written and that one is
     * returned.
     *
     * @param label what to name it, at most 200 characters; may be empty
     * @return the snapshot
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_NOT_KEPT} if there is no room for it, or it could not be written
     * @throws IllegalArgumentException if the label is too long
     * @throws InterruptedException if the thread was interrupted; nothing was kept
     */
    KeptSnapshot take(String label) throws InterruptedException;

    /**
     * Says what restoring a snapshot would do now. Nothing is changed and nothing is kept.
     *
     * @param id a snapshot's id
     * @return the plan
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_UNKNOWN} if there is no such snapshot, {@link ErrorCode#SNAPSHOT_DAMAGED} if it cannot be
     *     read any more
     * @throws InterruptedException if the thread was interrupted
     */
    RestorePlan preview(String id) throws InterruptedException;

    /**
     * Puts the workspace back to a snapshot: takes a snapshot of the present, then changes everything in one transaction, all or nothing, and reads
     * all of it again.
     *
     * <p>Only paths that the two snapshots know are touched. What snapshots leave out, what nobody has kept, files that are new since the last
     * snapshot, {@code .git} and {@code .autosync} stay as they are. Nothing else is ever cleaned away.
     *
     * @param id a snapshot's id
     * @return what was changed and what was left
     * @throws LockException {@link ErrorCode#WORKSPACE_BUSY} if the workspace is busy
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_UNKNOWN}, {@link ErrorCode#SNAPSHOT_DAMAGED}, {@link ErrorCode#SNAPSHOT_NOT_KEPT} if the
     *     present could not be kept first, {@link ErrorCode#SNAPSHOT_NOT_RESTORABLE} if it is too much for one transaction,
     *     {@link ErrorCode#WORKSPACE_CHANGED} if somebody writes meanwhile: nothing was changed then, and the snapshot of the present stays
     * @throws InterruptedException if the thread was interrupted before anything was changed
     */
    RestoreResult restore(String id) throws InterruptedException;

    /**
     * The same, exactly as planned: if the workspace is not as it was when the plan was made, nothing is changed.
     *
     * @param plan what {@link #preview} has said
     * @return what was changed and what was left
     * @throws AutoSyncException as {@link #restore(String)}; {@link ErrorCode#WORKSPACE_CHANGED} if the plan does not hold any more
     * @throws InterruptedException if the thread was interrupted before anything was changed
     */
    RestoreResult restore(RestorePlan plan) throws InterruptedException;
}
