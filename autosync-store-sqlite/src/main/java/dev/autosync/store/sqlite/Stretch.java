package dev.autosync.store.sqlite;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A part of the table of events.
 *
 * @param after behind which event it begins
 * @param upTo the number of the last event that it may have
 */
record Stretch(long after, long upTo) {
    private static final String HOURS = " FROM spans WHERE start BETWEEN ? AND ?";

    private static final String TOGETHER = "SELECT min(first) - 1, max(last), total(last - first + 1)" + HOURS;

    private static final String EACH = "SELECT first - 1, last" + HOURS + " ORDER BY first";

    /**
     * Where the events of a query lie, in the caller's transaction, in the order in which they are asked for. For a query by time alone the spans of
     * its hours tell, and what they do not contain yet is one more stretch.
     */
    static List<Stretch> of(Database database, DatabaseFile file, EventQuery query) throws SQLException {
        Stretch whole = new Stretch(query.afterSequence(), Long.MAX_VALUE);
        if (!Selection.isByTimeAlone(query)) {
            return List.of(whole);
        }
        List<Stretch> hours = ofHours(database, List.of(query.since().map(Resolution.HOUR::startOf).map(Instant::getEpochSecond).orElse(Long.MIN_VALUE),
                query.until().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE)));
        hours.add(new Stretch(RolledRow.read(database, file), Long.MAX_VALUE));
        List<Stretch> stretches = new ArrayList<>();
        for (Stretch next : hours) {
            int last = stretches.size() - 1;
            if (last >= 0 && next.after <= stretches.get(last).upTo) {
                Stretch before = stretches.get(last);
                stretches.set(last, new Stretch(before.after, Math.max(before.upTo, next.upTo)));
            } else {
                stretches.add(next);
            }
        }
        stretches.replaceAll(stretch -> new Stretch(Math.max(stretch.after, whole.after), stretch.upTo));
        if (query.latest()) {
            Collections.reverse(stretches);
        }
        return stretches;
    }

    /**
     * One stretch as long as the hours fill half of it: SQLite adds up thousands of hours in the time in which the driver hands over a hundred. A clock
     * that was wrong for a while puts an hour far away from the others; what lies between is then left out.
     */
    private static List<Stretch> ofHours(Database database, List<Object> hours) throws SQLException {
        List<Stretch> found = new ArrayList<>();
        try (ResultSet row = database.prepare(TOGETHER, hours).executeQuery()) {
            Stretch all = new Stretch(row.getLong(1), row.getLong(2));
            double events = row.getDouble(3);
            if (all.upTo - all.after <= 2 * events) {
                if (events > 0) {
                    found.add(all);
                }
                return found;
            }
        }
        try (ResultSet row = database.prepare(EACH, hours).executeQuery()) {
            while (row.next()) {
                found.add(new Stretch(row.getLong(1), row.getLong(2)));
            }
        }
        return found;
    }
}
