package dev.autosync.history;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import java.util.List;
import java.util.Optional;

/**
 * What a source holds as a copy begins.
 *
 * @param end its last sequence number; 0 if it is empty
 * @param upTo up to which number events may have been removed; 0 if none was
 * @param hours what all events come to; empty if the store keeps no rollups, or others kept appending
 */
record SourceHistory(long end, long upTo, Optional<List<KindRollup>> hours) {
    private static final int TRIES = 10;

    static SourceHistory of(Store store) throws InterruptedException {
        Optional<StoreMaintenance> maintenance = store.maintenance();
        long end = EventPages.last(store);
        if (maintenance.isEmpty()) {
            return new SourceHistory(end, 0, Optional.empty());
        }
        // Rollups go with no moment, so they are of these events only if there is no other event before and behind.
        for (int i = 0; i < TRIES; i++) {
            EventPages.checkInterrupt();
            long upTo = maintenance.get().compactedUpTo();
            List<KindRollup> hours = maintenance.get().hours();
            long before = end;
            end = EventPages.last(store);
            if (end == before && upTo == maintenance.get().compactedUpTo()) {
                return new SourceHistory(end, upTo, Optional.of(hours));
            }
        }
        return new SourceHistory(end, maintenance.get().compactedUpTo(), Optional.empty());
    }

    boolean wasCompacted() {
        return upTo > 0;
    }
}
