package dev.autosync.core.io;

import java.io.Closeable;
import java.io.IOException;

/** A file that only grows, until it is emptied. For one thread at a time. */
public interface AppendLog extends Closeable {

    /** Appends bytes; nothing is durable yet. */
    void append(byte[] bytes) throws IOException;

    /**
     * Makes everything that was appended durable. Once that has failed it is refused for good: the system forgets which bytes it could not
     * write, and a second call would succeed without them.
     */
    void force() throws IOException;

    /** Cuts the log to its first bytes; durable when it returns. */
    void truncate(long length) throws IOException;

    /** How many bytes it holds. */
    long length() throws IOException;
}
