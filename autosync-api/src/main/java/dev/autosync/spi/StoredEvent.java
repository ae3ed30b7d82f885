package dev.autosync.spi;

import dev.autosync.lock.FencingToken;

/**
 * An event with its place in a store.
 *
 * @param sequence its number: 1 for the first event ever, then 2, 3, ... without a gap
 * @param token the fencing token under which it was written
 * @param event the event
 * @since 0.1.0
 */
public record StoredEvent(long sequence, FencingToken token, Event event) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code sequence} is below 1
     */
    public StoredEvent {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be 1 or more, was " + sequence);
        }
    }
}
