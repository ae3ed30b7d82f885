package dev.autosync.lock;

/**
 * Something that is held: a key, several keys, a workspace. Ends when it is closed.
 *
 * <p>Called by embedding code; {@link KeyedLocks} and {@link WorkspaceLock} give it out.
 *
 * @since 0.1.0
 */
public interface Hold extends AutoCloseable {

    /**
     * The number of this grant: higher than that of every earlier grant of what is held. A resource that remembers the highest one it has
     * seen can refuse what an earlier holder writes late. It grows in one case: where a thread takes a key that it holds once more together with
     * others, all its holds of that key have the number of the latest grant, so that none of them is refused.
     *
     * @return the number; when it is closed, the last one
     */
    FencingToken token();

    /**
     * Whether it is still held. Can be asked on an interrupted thread, and changes nothing.
     *
     * @return false when it is closed, and when a lock between processes has been lost
     */
    boolean held();

    /** Ends it. Does nothing the second time. */
    @Override
    void close();
}
