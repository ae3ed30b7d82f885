package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;

/** Fills an empty store: writes files as a compaction does, and lets {@code compacted.jsonl} name them when all are there. */
final class Restoring {
    private final Workings of;
    private final CompactedHistory history;

    Restoring(Workings of, CompactedHistory history) {
        this.of = of;
        this.history = history;
    }

    /** To be called while nobody else can write. */
    void run() throws IOException, InterruptedException {
        View view = of.ledger().view();
        Tail end = view.tail();
        if (end.sequence() > 0 || view.compacted().generation() > 0) {
            throw refused("it is not empty");
        }
        int number = 0;
        long last = 0;
        long token = 1;
        Rollups hours = Rollups.of(history.hours());
        try (PartWriter parts = of.parts(Compacted.RESTORED)) {
            while (history.events().hasNext()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                StoredEvent event = history.events().next();
                long sequence = event.sequence();
                if (sequence <= last || sequence > last + 1 && sequence - 1 > history.upTo()) {
                    throw refused("event " + sequence + " comes after event " + last);
                }
                if (number == 0 || parts.full()) {
                    number++;
                    parts.at(number);
                }
                byte[] line = new Line(event, sequence, sequence, sequence).encode();
                parts.add(event, line, line.length);
                last = sequence;
                token = event.token().value();
            }
            if (last < history.upTo()) {
                throw refused("its last event is " + last + ", and events up to " + history.upTo() + " were removed");
            }
            parts.end();
            of.disk().forceDirectory(of.segments().directory());
            // An empty segment may be there from an append that was cut.
            int through = Math.max(number, end.segment());
            of.ledger().replace(new Compacted(Compacted.RESTORED, history.upTo(), through, last, token, parts.parts(), hours.size()), hours, parts);
        }
        of.ledger().refresh();
        new Leftovers(of.segments()).remove(of.ledger().view());
    }

    private StoreException refused(String why) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot restore a history into " + of.segments().directory() + ": " + why, null);
    }
}
