package dev.autosync.store.json;

import dev.autosync.spi.StoredEvent;
import java.time.Instant;

/** What the events of a segment come to, kept while they are written or read. */
final class Digest {
    private final Rollups rollups = new Rollups();
    private long bytes;
    private long events;
    private long first;
    private long last;
    private Instant earliest = Instant.MAX;
    private Instant latest = Instant.MIN;

    /** Adds an event whose line ends at an offset, unless the line was added already. */
    void add(StoredEvent event, long end) {
        if (end <= bytes) {
            return;
        }
        bytes = end;
        first = events == 0 ? event.sequence() : first;
        last = event.sequence();
        events++;
        Instant at = event.event().at();
        earliest = at.isBefore(earliest) ? at : earliest;
        latest = at.isAfter(latest) ? at : latest;
        rollups.add(event.event());
    }

    long bytes() {
        return bytes;
    }

    long events() {
        return events;
    }

    Facts facts() {
        return new Facts(bytes, events, first, last, earliest, latest, rollups.kinds());
    }

    Rollups rollups() {
        return rollups;
    }
}
