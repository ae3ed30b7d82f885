package dev.autosync.spi;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import java.nio.file.Path;
import java.util.List;

/**
 * What a store can do beside keeping events: check itself, be copied while it is in use, let old events go.
 *
 * <p>Implemented by plugins that can do all of it; given by {@link Store#maintenance()}. Threads: as the store. Nothing to close.
 *
 * @since 0.1.0
 */
public interface StoreMaintenance {

    /**
     * Reads everything that is there and compares it with its checksums, and the rollups with what the events come to where none was removed.
     * Changes nothing. Cost: in proportion to the history.
     *
     * @return what is wrong, if anything
     * @throws InterruptedException if the thread was interrupted
     * @throws StoreException {@link ErrorCode#STORE_FAILED} if the store cannot be read
     */
    StoreCheck check() throws InterruptedException;

    /**
     * Copies the store as it is at one moment, while others go on to read and append. What is written is a store of the same kind: to
     * restore it, close all engines and put it in the place of the old one. Durable when it returns.
     *
     * @param folder where to; a folder that does not exist, or is empty
     * @throws StoreException {@link ErrorCode#STORE_FAILED}; the folder is then as it was
     * @throws InterruptedException if the thread was interrupted; the folder is then as it was
     */
    void backup(Path folder) throws InterruptedException;

    /**
     * Removes events, all or none, and gives the room back to the file system. Rollups of the removed ones stay, so that {@link Store#rollup}
     * without a subject answers as before. Reads that are under way end as they began. The last event always stays.
     *
     * <p>From then on events may be missing up to {@link #compactedUpTo()}; those that are there keep their numbers. Killed at any point, the
     * store has all that it had or what it was to keep. Cost: in proportion to what is rewritten.
     *
     * @param token the caller's grant of the workspace
     * @param retention what may go
     * @return what was done; nothing removed if nothing was old enough
     * @throws StoreException {@link ErrorCode#STORE_STALE_TOKEN} or {@link ErrorCode#STORE_FAILED}; nothing was removed
     * @throws InterruptedException if the thread was interrupted; nothing was removed
     */
    Compaction compact(FencingToken token, Retention retention) throws InterruptedException;

    /**
     * Up to where events may have been removed.
     *
     * @return the highest sequence number that was ever removed; 0 if none was
     */
    long compactedUpTo();

    /**
     * All rollups by the hour, also of events that were removed, in the order of kind, number (none first) and time.
     *
     * @return what {@link #restore} takes; some hundred bytes of memory for each kind, number and hour
     */
    List<KindRollup> hours();

    /**
     * Fills an empty store with a history from which events were removed, in one step: killed at any point, the store is empty or holds all of it.
     * Events keep their sequence numbers and fencing tokens.
     *
     * @param history the history; its events are read one after the other and not all held in memory
     * @throws StoreException {@link ErrorCode#STORE_FAILED} if the store is not empty, if the events are not in order, or if it cannot be
     *     written; the store is then as it was
     * @throws InterruptedException if the thread was interrupted; the store is then as it was
     */
    void restore(CompactedHistory history) throws InterruptedException;
}
