package dev.autosync.history;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.nio.file.Path;

/**
 * The history of a workspace without an engine.
 *
 * <p>Called by embedding code. Threads: no state.
 *
 * @since 0.1.0
 */
public final class Stores {
    private Stores() {}

    /**
     * Opens the store of a workspace, as the engine does when it has no settings for it. Several may read at once; append only while no cycle runs.
     *
     * @param workspace a folder
     * @param name the name of the store's plugin, for example {@code json} or {@code sqlite}
     * @return the store; whoever called closes it
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_UNKNOWN} if there is no such plugin, {@link ErrorCode#WORKSPACE_NOT_FOUND} if the workspace is
     *     no folder, or as the plugin says
     */
    public static Store open(Path workspace, String name) {
        return Core.provider().openStore(workspace, name);
    }

    /**
     * Copies a history into another store: events with their sequence numbers and fencing tokens. At the end all of it is read back
     * from both stores and compared by count and SHA-256; and if both keep rollups, these hour by hour.
     *
     * <p>What the target holds already must equal the beginning of the source, so a call that was killed at any point is repeated and goes on
     * where it ended. Pages of 2000 events are read at a time; each is written by one append for each fencing token in it.
     *
     * <p>A source from which events were removed is taken over in one step, rollups included, by a target that is empty and whose plugin offers
     * {@link dev.autosync.spi.StoreMaintenance}; if that is killed the target is still empty or holds all. What the source gets later is then
     * appended, until events are removed from one of the two again.
     *
     * <p>Events that the source gets after the call began are not copied; call again when no cycle runs before you use the target instead of
     * the source. Nobody else may write to the target meanwhile, nor remove events from the source. A store that keeps less of a time than the source
     * gave it, or text in another form, is found out by the comparison at the end.
     *
     * @param from the source; only read, left open
     * @param to the target; left open
     * @return what was done
     * @throws StoreException {@link ErrorCode#STORE_FAILED} with the first sequence number at which the target differs from the source, and
     *     nothing was written; or if the target cannot take a history from which events were removed; or if what was copied does not read back the same.
     *     Otherwise as the stores say; what was copied by then stays in the target
     * @throws InterruptedException if the thread was interrupted, seen between two pages; what was copied by then stays in the target
     */
    public static StoreCopy copy(Store from, Store to) throws InterruptedException {
        return copy(from, to, (done, total) -> { });
    }

    /**
     * Copies a history as {@link #copy(Store, Store)} does, and says how far it has come.
     *
     * @param from the source; only read, left open
     * @param to the target; left open
     * @param progress told how many events are there; a copy of a compacted source first reads it once to count them
     * @return what was done
     * @throws StoreException as there
     * @throws InterruptedException as there
     */
    public static StoreCopy copy(Store from, Store to, CopyProgress progress) throws InterruptedException {
        return new Copying(from, to, progress).run();
    }

    /**
     * Brings a copy of a history up to date: what the source has got since the last call is appended to it, with its sequence numbers and fencing
     * tokens. An empty copy is filled by {@link #copy}.
     *
     * <p>Cheap enough for every day: only the last event of the copy is compared with the source, then what is new is read, 2000 events at a
     * time. A call that was killed at any point is repeated and goes on where it ended. What the source removes later stays in the copy. Nobody else
     * may write to the copy.
     *
     * @param source the source; only read, left open
     * @param copy what was made from it by this method or by {@link #copy}, or an empty store; left open
     * @return how many events this call wrote, 0 or more
     * @throws StoreException {@link ErrorCode#STORE_FAILED} if the last event of the copy is not in the source, or if the source has removed events that
     *     the copy never had: move the copy away, and the next call makes a new one. Otherwise as the stores say; what was written by
     *     then stays in the copy
     * @throws InterruptedException if the thread was interrupted, seen between two pages; what was written by then stays in the copy
     */
    public static long mirror(Store source, Store copy) throws InterruptedException {
        return new Mirroring(source, copy).run();
    }
}
