package dev.autosync.spi;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the history: an append-only log of events.
 *
 * <p>Implemented by plugins; a plugin passes {@code StoreContract} of {@code autosync-testkit}. Threads: all methods may be called
 * from several at once. The engine writes only while it holds the workspace, and closes the store it opened.
 *
 * @since 0.1.0
 */
public interface Store extends AutoCloseable {

    /**
     * Appends events, all or none. When it returns they survive a power cut.
     *
     * @param token the caller's grant of the workspace
     * @param events in their order; none is allowed
     * @return the sequence number of the last event of the store, 0 if it is empty
     * @throws StoreException {@link ErrorCode#STORE_STALE_TOKEN} if the store has seen a higher token; otherwise
     *     {@link ErrorCode#STORE_FAILED}. Nothing was appended
     */
    long append(FencingToken token, List<Event> events);

    /**
     * Reads events in the order of their sequence numbers.
     *
     * @param query which ones
     * @return the events; never more than the query's limit, and of those that match its earliest or,
     *     if the query asks for {@link EventQuery#latest(int)}, its latest ones
     * @throws StoreException {@link ErrorCode#STORE_FAILED} or {@link ErrorCode#STORE_DAMAGED}
     */
    List<StoredEvent> read(EventQuery query);

    /**
     * Gives out the token of a new grant of the workspace. From when this returns, {@link #append} refuses every lower token, whichever process
     * asks. Need not survive a power cut, which no holder survives either.
     *
     * <p>The engine calls it each time it has taken the workspace. As it stands here a store does not remember what it has granted, so an
     * engine that has lost the workspace is found out only when its successor has appended something.
     *
     * @param atLeast the lowest that will do
     * @return higher than every token that the store has seen or granted, and not below {@code atLeast}
     * @throws StoreException {@link ErrorCode#STORE_FAILED} or {@link ErrorCode#STORE_DAMAGED}; nothing was granted
     */
    default FencingToken grant(FencingToken atLeast) {
        long seen = lastToken().map(FencingToken::value).orElse(0L);
        if (seen == Long.MAX_VALUE) {
            throw new StoreException(ErrorCode.STORE_DAMAGED, "Cannot grant a token: the store has seen the highest there is", null);
        }
        return new FencingToken(Math.max(atLeast.value(), seen + 1));
    }

    /**
     * Rolls events up by the hour or the day.
     *
     * <p>As it stands here it reads the events of the kind in these pieces of time, a page at a time, and never those that were removed. A store
     * that keeps rollups as it appends answers without reading events, or only the last few, at least where no subject is named, also for events
     * that were removed.
     *
     * @param query which events, by which number, in what pieces of time
     * @return a rollup for each piece that has events, in the order of time
     * @throws StoreException {@link ErrorCode#STORE_FAILED} or {@link ErrorCode#STORE_DAMAGED}
     */
    default List<Rollup> rollup(RollupQuery query) {
        return RollupScan.of(this, query);
    }

    /**
     * What the store can do beside keeping events.
     *
     * @return empty unless the plugin offers it
     */
    default Optional<StoreMaintenance> maintenance() {
        return Optional.empty();
    }

    /**
     * The highest token that the store has seen or granted.
     *
     * @return empty for a store that was never used
     */
    Optional<FencingToken> lastToken();

    /** Closes the store. Does nothing the second time; every other method then throws a {@link StoreException}. */
    @Override
    void close();
}
