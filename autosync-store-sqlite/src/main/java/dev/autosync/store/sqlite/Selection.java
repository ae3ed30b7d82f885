package dev.autosync.store.sqlite;

import dev.autosync.spi.EventQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * A query as SQL.
 *
 * @param sql the statement
 * @param parameters what its question marks stand for, each a {@code String} or a {@code Long}
 */
record Selection(String sql, List<Object> parameters) {
    /*
     * SQLite chooses an index by guesses about the data. Here the index is told, from the condition that leaves the fewest events:
     * cycle, subject, kind. Each of these indexes is in the order of sequence numbers within one value, so nothing is ever sorted and
     * the limit ends the search from either end. Without such a condition the table itself is read, where there may be such events: see Stretch.
     */
    private static final String COLUMNS = "seq, token, second, nano, cycle, kind, subject, numbers, payload, crc";

    private static final String TABLE = "NOT INDEXED";

    /** In a bare {@code LIMIT ?} SQLite looks at the number to choose a plan, and so compiles the statement anew each time that one is set. */
    private static final String LIMIT = " LIMIT ? + 0";

    static final String ALL = "SELECT " + COLUMNS + " FROM events NOT INDEXED ORDER BY seq";

    static final String LAST = "SELECT " + COLUMNS + " FROM events NOT INDEXED ORDER BY seq DESC LIMIT 1";

    /** SQLite's own record of the highest sequence number ever given. */
    static final String HIGHEST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'";

    /** Whether events are asked for by their time, and by nothing that an index knows. */
    static boolean isByTimeAlone(EventQuery query) {
        return index(query).equals(TABLE) && (query.since().isPresent() || query.until().isPresent());
    }

    /**
     * What of a query lies in a part of the table.
     *
     * @param limit how many events at most
     */
    static Selection of(EventQuery query, Stretch stretch, int limit) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        query.cycle().ifPresent(cycle -> add(conditions, parameters, "cycle = ?", cycle));
        query.subject().ifPresent(subject -> add(conditions, parameters, "subject = ?", subject));
        query.kind().ifPresent(kind -> add(conditions, parameters, "kind = ?", kind));
        add(conditions, parameters, "seq > ?", stretch.after());
        if (stretch.upTo() < Long.MAX_VALUE) {
            add(conditions, parameters, "seq <= ?", stretch.upTo());
        }
        query.since().ifPresent(since -> {
            add(conditions, parameters, "second >= ?", since.getEpochSecond());
            add(conditions, parameters, "(second > ? OR nano >= ?)", since.getEpochSecond(), (long) since.getNano());
        });
        query.until().ifPresent(until -> {
            add(conditions, parameters, "second <= ?", until.getEpochSecond());
            add(conditions, parameters, "(second < ? OR nano < ?)", until.getEpochSecond(), (long) until.getNano());
        });
        parameters.add((long) limit);
        return new Selection("SELECT " + COLUMNS + " FROM events " + index(query) + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY seq" + (query.latest() ? " DESC" : "") + LIMIT, parameters);
    }

    private static String index(EventQuery query) {
        return query.cycle().isPresent() ? "INDEXED BY events_of_cycle"
                : query.subject().isPresent() ? "INDEXED BY events_of_subject"
                : query.kind().isPresent() ? "INDEXED BY events_of_kind" : TABLE;
    }

    private static void add(List<String> conditions, List<Object> parameters, String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }
}
