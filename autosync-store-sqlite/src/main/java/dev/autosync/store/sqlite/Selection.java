package dev.autosync.store.sqlite;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import java.time.Instant;
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
     * the limit ends the search from either end. Without such a condition the table itself is read, from the first event of the span of
     * time that is asked for to the last: those the spans of its hours tell, and the last events themselves, which are not in the spans yet.
     */
    private static final String COLUMNS = "seq, token, second, nano, cycle, kind, subject, numbers, payload, crc";

    private static final String TABLE = "NOT INDEXED";

    static final String ALL = "SELECT " + COLUMNS + " FROM events NOT INDEXED ORDER BY seq";

    static final String LAST = "SELECT " + COLUMNS + " FROM events NOT INDEXED ORDER BY seq DESC LIMIT 1";

    /** SQLite's own record of the highest sequence number ever given. */
    static final String HIGHEST = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'";

    static Selection of(EventQuery query) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        query.cycle().ifPresent(cycle -> add(conditions, parameters, "cycle = ?", cycle));
        query.subject().ifPresent(subject -> add(conditions, parameters, "subject = ?", subject));
        query.kind().ifPresent(kind -> add(conditions, parameters, "kind = ?", kind));
        String index = index(query);
        add(conditions, parameters, "seq > ?", query.afterSequence());
        if (index.equals(TABLE)) {
            bound(query, conditions, parameters);
        }
        query.since().ifPresent(since -> {
            add(conditions, parameters, "second >= ?", since.getEpochSecond());
            add(conditions, parameters, "(second > ? OR nano >= ?)", since.getEpochSecond(), (long) since.getNano());
        });
        query.until().ifPresent(until -> {
            add(conditions, parameters, "second <= ?", until.getEpochSecond());
            add(conditions, parameters, "(second < ? OR nano < ?)", until.getEpochSecond(), (long) until.getNano());
        });
        parameters.add((long) query.limit());
        return new Selection("SELECT " + COLUMNS + " FROM events " + index + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY seq" + (query.latest() ? " DESC" : "") + " LIMIT ?", parameters);
    }

    /** Between which events of the table those of a span of time lie. */
    private static void bound(EventQuery query, List<String> conditions, List<Object> parameters) {
        if (query.since().isEmpty() && query.until().isEmpty()) {
            return;
        }
        long hour = query.since().map(Resolution.HOUR::startOf).map(Instant::getEpochSecond).orElse(Long.MIN_VALUE);
        long from = query.since().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE);
        long to = query.until().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE);
        if (query.since().isPresent()) {
            add(conditions, parameters, "seq >= " + bound("min", "first"), hour, to, from, to);
        }
        if (query.until().isPresent()) {
            add(conditions, parameters, "seq <= " + bound("max", "last"), hour, to, from, to);
        }
    }

    private static String bound(String end, String column) {
        return "(SELECT " + end + "(seq) FROM (SELECT " + end + "(" + column + ") AS seq FROM spans WHERE start BETWEEN ? AND ? UNION ALL SELECT " + end
                + "(seq) FROM events NOT INDEXED WHERE seq > (SELECT seq FROM rolled) AND second BETWEEN ? AND ?))";
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
