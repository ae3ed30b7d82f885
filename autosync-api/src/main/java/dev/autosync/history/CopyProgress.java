package dev.autosync.history;

/**
 * Is told how far a copy has come.
 *
 * <p>Implemented by callers of {@link Stores#copy(dev.autosync.spi.Store, dev.autosync.spi.Store, CopyProgress)}. Threads: called by the thread that copies,
 * which waits for it. What it throws ends the copy there; it can be gone on with.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CopyProgress {

    /**
     * Some events are in the target, or on their way into it if it takes them all in one step. Called once when it is known what the target holds already,
     * and then at most once for every 2000 events.
     *
     * @param done how many, 0 to {@code total}; never less than the time before
     * @param total how many there will be, 0 or more
     */
    void reached(long done, long total);
}
