package dev.autosync.history;

import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Copies a history from which events were removed: in one step, since no append leaves a number out. */
final class CompactedCopying {
    private final Store from;
    private final Store to;
    private final SourceHistory source;

    CompactedCopying(Store from, Store to, SourceHistory source) {
        this.from = from;
        this.to = to;
        this.source = source;
    }

    /** Checks that a target which holds something had the same events removed. */
    void checkSameRemoved() {
        long there = to.maintenance().map(StoreMaintenance::compactedUpTo).orElse(0L);
        if (there != source.upTo()) {
            throw Copying.failed("events were removed up to " + source.upTo() + " in the source, and up to " + there
                    + " in the target, so that rollups may differ. Nothing was written; copy into an empty store");
        }
    }

    /** Fills the empty target. */
    void run(long total, CopyProgress progress) throws InterruptedException {
        StoreMaintenance maintenance = to.maintenance().orElseThrow(() -> Copying.failed("events up to " + source.upTo()
                + " were removed from the source, and the target's plugin offers no maintenance, without which it cannot take such a history."
                + " Nothing was written; copy into a store whose plugin does"));
        List<KindRollup> hours = source.hours().orElseThrow(() -> Copying.failed("others keep appending to the source, or remove events from it."
                + " Nothing was written; copy while no cycle runs"));
        maintenance.restore(new CompactedHistory(source.upTo(), events(total, progress), hours));
    }

    private Iterator<StoredEvent> events(long total, CopyProgress progress) {
        EventPages pages = new EventPages(from, 0, source.end());
        return new Iterator<>() {
            private Iterator<StoredEvent> page = pages.nextWithoutInterrupt().iterator();
            private boolean ended;
            private long given;

            @Override
            public boolean hasNext() {
                if (!page.hasNext() && !ended) {
                    page = pages.nextWithoutInterrupt().iterator();
                    ended = !page.hasNext();
                    progress.reached(Math.min(given, total), total);
                }
                return page.hasNext();
            }

            @Override
            public StoredEvent next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("there is no further event");
                }
                given++;
                return page.next();
            }
        };
    }
}
