package dev.autosync.store.sqlite;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as rows, checked when they are read.
 *
 * @param database where the table is
 * @param file the same, for messages
 */
record EventTable(Database database, DatabaseFile file) {
    private static final String INSERT = "INSERT INTO events(seq, token, second, nano, cycle, kind, subject, numbers, payload, crc)"
            + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** So many rows are given to SQLite at a time, which spares the driver's work for each; until then they are in memory twice. */
    private static final int HELD = 1000;

    /** The event with the highest sequence number, in the caller's transaction; null if there is none. */
    @Nullable StoredEvent last() throws SQLException {
        try (ResultSet row = database.prepare(Selection.LAST).executeQuery()) {
            StoredEvent last = row.next() ? event(row) : null;
            checkEnd(last == null ? 0 : last.sequence(), false);
            return last;
        }
    }

    /** Adds events behind the last one, in the caller's transaction. */
    void add(long last, FencingToken token, List<Event> events) throws SQLException {
        PreparedStatement statement = database.prepare(INSERT);
        statement.clearBatch();
        long sequence = last;
        for (Event event : events) {
            sequence++;
            set(statement, new StoredEvent(sequence, token, event));
            statement.addBatch();
            if ((sequence - last) % HELD == 0) {
                statement.executeBatch();
            }
        }
        statement.executeBatch();
    }

    /** Adds an event under its own number, in the caller's transaction. */
    void add(StoredEvent stored) throws SQLException {
        PreparedStatement statement = database.prepare(INSERT);
        set(statement, stored);
        statement.executeUpdate();
    }

    private static void set(PreparedStatement statement, StoredEvent stored) throws SQLException {
        Event event = stored.event();
        String numbers = Numbers.encode(event.numbers());
        statement.setLong(1, stored.sequence());
        statement.setLong(2, stored.token().value());
        statement.setLong(3, event.at().getEpochSecond());
        statement.setInt(4, event.at().getNano());
        statement.setString(5, event.cycle());
        statement.setString(6, event.kind());
        statement.setString(7, event.subject());
        statement.setString(8, numbers);
        statement.setString(9, event.payload());
        statement.setLong(10, Checksum.of(stored, numbers));
    }

    /** The events that a query asks for, in their order, in the caller's transaction. */
    List<StoredEvent> read(EventQuery query) throws SQLException {
        List<StoredEvent> found = new ArrayList<>();
        for (Stretch stretch : Stretch.of(database, file, query)) {
            if (found.size() < query.limit()) {
                select(query, Selection.of(query, stretch, query.limit() - found.size()), found);
            }
        }
        if (query.latest()) {
            Collections.reverse(found);
        }
        check(query, found);
        return List.copyOf(found);
    }

    private void select(EventQuery query, Selection selection, List<StoredEvent> found) throws SQLException {
        try (ResultSet row = database.prepare(selection.sql(), selection.parameters()).executeQuery()) {
            while (row.next()) {
                StoredEvent event = event(row);
                if (!query.matches(event)) {
                    throw file.damaged("an index leads to event " + event.sequence() + ", which is another");
                }
                found.add(event);
            }
        }
    }

    /** Takes an event, or null in the place of one that is not what was written. */
    interface Visitor {
        void visit(long sequence, @Nullable StoredEvent event) throws SQLException;
    }

    /** Reads all events in their order, in the caller's transaction, and holds one at a time. */
    void visit(Visitor visitor) throws SQLException {
        try (ResultSet row = database.prepare(Selection.ALL).executeQuery()) {
            while (row.next()) {
                visitor.visit(row.getLong(1), eventOrNull(row));
            }
        }
    }

    /** Events come in their order; those asked for without a condition have no gap, but where some were removed, and are not cut off. */
    private void check(EventQuery query, List<StoredEvent> found) throws SQLException {
        boolean whole = query.cycle().isEmpty() && query.kind().isEmpty() && query.subject().isEmpty()
                && query.since().isEmpty() && query.until().isEmpty();
        boolean full = found.size() == query.limit();
        long before = query.afterSequence();
        boolean gapAllowed = !whole || query.latest() && full;
        for (StoredEvent event : found) {
            boolean gap = event.sequence() > before + 1;
            if (event.sequence() <= before || gap && !gapAllowed && event.sequence() - 1 > removedUpTo()) {
                throw file.damaged("event " + (before + 1) + " is missing, " + event.sequence() + " follows");
            }
            before = event.sequence();
            gapAllowed = !whole;
        }
        if (whole && (query.latest() || !full)) {
            checkEnd(before, found.isEmpty());
        }
    }

    /** The last event must be the last that was ever appended. */
    private void checkEnd(long last, boolean orEarlier) throws SQLException {
        long highest = database.number(Selection.HIGHEST);
        if (highest > last || highest < last && !orEarlier) {
            throw file.damaged("it has had " + highest + " events, the last that is there is " + last);
        }
    }

    /** The highest number of an event that was ever removed, in the caller's transaction; 0 if none was. */
    long removedUpTo() throws SQLException {
        return database.number("SELECT coalesce(max(seq), 0) FROM compaction");
    }

    private StoredEvent event(ResultSet row) throws SQLException {
        StoredEvent event = eventOrNull(row);
        if (event == null) {
            throw broken(row.getLong(1));
        }
        return event;
    }

    private static @Nullable StoredEvent eventOrNull(ResultSet row) throws SQLException {
        try {
            String numbers = text(row, 8);
            StoredEvent event = new StoredEvent(row.getLong(1), new FencingToken(row.getLong(2)), Event.of(text(row, 5), text(row, 6), text(row, 7),
                    Instant.ofEpochSecond(row.getLong(3), row.getLong(4)), Numbers.decode(numbers), text(row, 9)));
            return Checksum.of(event, numbers) == row.getLong(10) ? event : null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new IllegalArgumentException("no text in column " + column);
        }
        return text;
    }

    /** What to say of an event that is not what was written. */
    StoreException broken(long sequence) {
        return file.damaged("event " + sequence + " is not what was written; events before it can still be read");
    }
}
