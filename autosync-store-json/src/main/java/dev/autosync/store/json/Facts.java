package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import java.time.Instant;
import java.util.Set;

/**
 * What is known of a segment without reading it.
 *
 * @param bytes how long it is
 * @param events how many events it holds, 1 or more
 * @param first the sequence number of its first event
 * @param last that of its last event
 * @param earliest the earliest time of its events, not always that of the first
 * @param latest the latest time of its events
 * @param kinds their kinds; none if there are too many to be listed
 */
record Facts(long bytes, long events, long first, long last, Instant earliest, Instant latest, Set<String> kinds) {
    /** More than any engine has; beyond it nothing is skipped by kind. */
    static final int MOST_KINDS = 64;

    Facts {
        kinds = kinds.size() > MOST_KINDS ? Set.of() : Set.copyOf(kinds);
    }

    /** Whether the segment may hold an event that is asked for. */
    boolean mayHold(EventQuery query) {
        return last > query.afterSequence()
                && (kinds.isEmpty() || query.kind().isEmpty() || kinds.contains(query.kind().get()))
                && (query.since().isEmpty() || !latest.isBefore(query.since().get()))
                && (query.until().isEmpty() || earliest.isBefore(query.until().get()));
    }
}
