package dev.autosync.store.sqlite;

import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.StoredEvent;
import java.sql.SQLException;
import java.util.Iterator;

/** Fills an empty store with a history from which events were removed. */
final class Restorer {
    private Restorer() {}

    /**
     * Writes all of it, in the caller's transaction.
     *
     * @throws dev.autosync.spi.StoreException if the store is not empty or the history not in order
     */
    static void restore(Tables tables, DatabaseFile file, CompactedHistory history) throws SQLException {
        if (tables.end().sequence() > 0) {
            throw file.failed("it has events, a history can only be restored to an empty store; give the store another folder");
        }
        Spans spans = new Spans();
        long last = 0;
        long token = 0;
        for (Iterator<StoredEvent> events = history.events(); events.hasNext();) {
            StoredEvent event = events.next();
            boolean gap = event.sequence() > last + 1 && event.sequence() - 1 > history.upTo();
            if (event.sequence() <= last || gap || event.token().value() < token) {
                throw file.failed("the history to restore is not in order: event " + event.sequence() + " follows " + last
                        + ", events may be missing up to " + history.upTo() + ", tokens never fall; copy it again from its store");
            }
            tables.events().add(event);
            spans.add(event.sequence(), event.event().at());
            last = event.sequence();
            token = event.token().value();
        }
        if (last < history.upTo()) {
            throw file.failed("the history to restore is not whole: it ends with event " + last + ", behind " + history.upTo()
                    + " there is always one; copy it again from its store");
        }
        restore(tables, history);
        spans.write(tables.database());
        RolledRow.write(tables.database(), last);
        Compactor.note(tables, history.upTo());
        tables.forget();
    }

    private static void restore(Tables tables, CompactedHistory history) throws SQLException {
        RollupSums sums = new RollupSums();
        for (KindRollup hour : history.hours()) {
            sums.add(new RollupTable.Piece(Resolution.HOUR, hour.kind(), hour.number().orElse(null),
                    Resolution.HOUR.startOf(hour.rollup().start())), hour.rollup());
        }
        tables.rollups().add(sums);
    }
}
