package dev.autosync.store.sqlite;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.sql.SQLException;
import java.util.List;

/**
 * The last events, which the tables of rollups do not contain yet: they are rolled up together, every so often, by the append that makes them
 * many. Until then whoever asks for rollups adds them. Threads: as its connection.
 */
final class RollupTail {
    /** So many events are rolled up. More would cost appends less, and the first question after an append more. */
    static final int MOST = 64;

    /** So many are read at a time: where a rollup is damaged all wait here, however many come. */
    private static final int PAGE = 1000;

    private final Database database;
    private final DatabaseFile file;
    private final EventTable events;
    private final RollupTable rollups;
    private final RollupSums sums = new RollupSums();
    private final Spans spans = new Spans();
    private long from;
    private long upTo;
    private long due;
    private boolean current;

    RollupTail(Database database, DatabaseFile file, EventTable events, RollupTable rollups) {
        this.database = database;
        this.file = file;
        this.events = events;
        this.rollups = rollups;
        begin(0);
    }

    /** Another connection has written: more events may be there, or none of these to be rolled up. */
    void doubt() {
        current = false;
    }

    /** Forgets events that were added in a transaction which was then undone. */
    void forget() {
        begin(0);
        current = false;
    }

    private void begin(long rolled) {
        sums.clear();
        spans.clear();
        from = rolled;
        upTo = rolled;
        due = rolled + MOST;
    }

    /** What these events come to, in the caller's transaction. */
    RollupSums sums() throws SQLException {
        if (!current) {
            long rolled = RolledRow.read(database, file);
            if (rolled != from) {
                begin(rolled);
            }
            List<StoredEvent> page;
            do {
                page = events.read(EventQuery.all().after(upTo).limit(PAGE));
                page.forEach(event -> add(event.sequence(), event.event()));
            } while (page.size() == PAGE);
            current = true;
        }
        return sums;
    }

    /** Adds events that were just appended, in the same transaction, and rolls up all if they are many by now. */
    void add(long last, List<Event> batch) throws SQLException {
        try {
            sums();
        } catch (StoreException e) {
            // One of these events is damaged, which whoever asks for it or for rollups is told. Later ones wait behind it.
            return;
        }
        long sequence = last - batch.size();
        for (Event event : batch) {
            sequence++;
            add(sequence, event);
        }
        if (upTo >= due) {
            try {
                database.wholeOrNot(() -> {
                    rollUp();
                    return null;
                });
            } catch (StoreException e) {
                // A rollup is damaged, which whoever asks for it is told. Events are what counts: they wait here.
                rollups.forget();
                due = upTo + MOST;
            }
        }
    }

    private void add(long sequence, Event event) {
        if (sequence > upTo) {
            sums.add(event);
            spans.add(sequence, event.at());
            upTo = sequence;
        }
    }

    /** Rolls up all there are, in the caller's transaction. */
    void rollUp() throws SQLException {
        sums();
        rollups.add(sums);
        spans.write(database);
        RolledRow.write(database, upTo);
        begin(upTo);
    }
}
