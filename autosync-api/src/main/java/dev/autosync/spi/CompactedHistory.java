package dev.autosync.spi;

import java.util.Iterator;
import java.util.List;

/**
 * A whole history from which events were removed, on its way from one store to another.
 *
 * @param upTo the sequence number up to which events may be missing, 1 or more
 * @param events the events that are there, in the order of their sequence numbers; none is missing behind {@code upTo}. Read once
 * @param hours the rollups of all events, also of those that were removed, by the hour
 * @since 0.1.0
 */
public record CompactedHistory(long upTo, Iterator<StoredEvent> events, List<KindRollup> hours) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if {@code upTo} is below 1
     */
    public CompactedHistory {
        if (upTo < 1) {
            throw new IllegalArgumentException("upTo must be 1 or more, was " + upTo);
        }
        hours = List.copyOf(hours);
    }
}
