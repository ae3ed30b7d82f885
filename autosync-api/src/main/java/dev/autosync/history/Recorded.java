package dev.autosync.history;

import java.time.Instant;

/**
 * Something that the history has recorded.
 *
 * <p>Made by {@link History}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface Recorded {

    /**
     * The event that it was read from.
     *
     * @return a sequence number, 1 or more
     */
    long sequence();

    /**
     * The cycle in which it happened.
     *
     * @return the cycle's name
     */
    String cycle();

    /**
     * When it was recorded, by the engine's clock.
     *
     * @return the time; clocks may go backwards
     */
    Instant at();
}
