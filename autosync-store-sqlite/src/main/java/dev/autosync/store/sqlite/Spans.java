package dev.autosync.store.sqlite;

import dev.autosync.spi.Resolution;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * For each hour between which sequence numbers its events lie: how a query by time alone finds its place. A row for an hour, where an index
 * has one for an event.
 */
final class Spans {
    private static final String WRITE = "INSERT INTO spans(start, first, last) VALUES(?, ?, ?) ON CONFLICT(start) DO UPDATE SET"
            + " first = min(first, excluded.first), last = max(last, excluded.last)";

    /** By where they begin, in seconds: what the table says may be no time at all. */
    private final Map<Long, Span> hours = new HashMap<>();

    /**
     * Numbers of events.
     *
     * @param first the least
     * @param last the greatest
     */
    private record Span(long first, long last) {
        Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }

        boolean contains(Span other) {
            return first <= other.first && other.last <= last;
        }
    }

    void add(long sequence, Instant at) {
        add(Resolution.HOUR.startOf(at).getEpochSecond(), new Span(sequence, sequence));
    }

    private void add(long hour, Span span) {
        hours.merge(hour, span, Span::with);
    }

    void clear() {
        hours.clear();
    }

    /** Adds these to the table, in the caller's transaction. */
    void write(Database database) throws SQLException {
        PreparedStatement statement = database.prepare(WRITE);
        for (Map.Entry<Long, Span> hour : hours.entrySet()) {
            statement.setLong(1, hour.getKey());
            statement.setLong(2, hour.getValue().first());
            statement.setLong(3, hour.getValue().last());
            statement.executeUpdate();
        }
    }

    /** Reads the whole table, in the caller's transaction. */
    static Spans read(Database database) throws SQLException {
        Spans all = new Spans();
        try (ResultSet row = database.prepare("SELECT start, first, last FROM spans").executeQuery()) {
            while (row.next()) {
                all.add(row.getLong(1), new Span(row.getLong(2), row.getLong(3)));
            }
        }
        return all;
    }

    /** The first hour of others that has an event outside of what these say; empty if there is none. */
    Optional<Instant> misses(Spans others) {
        return others.hours.entrySet().stream()
                .filter(other -> !hours.containsKey(other.getKey()) || !hours.get(other.getKey()).contains(other.getValue()))
                .map(Map.Entry::getKey).min(Long::compare).map(Instant::ofEpochSecond);
    }
}
