package dev.autosync.bench.store;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Keeps a history durably, ours or somebody else's way. Appends may come from several threads; everything else from one. */
interface Peer extends AutoCloseable {

    /** Opens the history that lies in a folder, or an empty one. */
    interface Opener {
        Peer open(Path folder) throws Exception;
    }

    /** Appends events from one number to before another, durable when it returns. */
    void append(long from, long to) throws Exception;

    /** The duration of one event, by its number, in milliseconds. */
    long millis(long number) throws Exception;

    /** What the last 90 days come to. */
    Trend trend() throws Exception;

    /** The number of the last event; empty if it cannot be asked for without reading everything. */
    OptionalLong last() throws Exception;

    @Override
    void close() throws Exception;
}
