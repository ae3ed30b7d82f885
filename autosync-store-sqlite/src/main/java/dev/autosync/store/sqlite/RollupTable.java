package dev.autosync.store.sqlite;

import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rollups as rows, one table for hours and one for days, checked when they are read. */
final class RollupTable {
    /** Beyond this many the rows that were written last are read again. */
    private static final int REMEMBERED = 2000;

    private static final String FIGURES = "start, events, sum, least, greatest, squares, crc";

    private static final Sql OF_HOURS = Sql.of("hours");
    private static final Sql OF_DAYS = Sql.of("days");

    private final Database database;
    private final DatabaseFile file;
    private final Map<Piece, Rollup> remembered = new HashMap<>();

    RollupTable(Database database, DatabaseFile file) {
        this.database = database;
        this.file = file;
    }

    /**
     * Of what a rollup is.
     *
     * @param number the name of the number that it sums up; null for the one that counts all events of the kind
     */
    record Piece(Resolution resolution, String kind, @Nullable String number, Instant start) {
        /** The day that this hour lies in. */
        Piece day() {
            return new Piece(Resolution.DAY, kind, number, Resolution.DAY.startOf(start));
        }
    }

    /** The statements on one table. */
    private record Sql(String table, String row, String insert, String update, String range, String all) {
        static Sql of(String table) {
            // What one event changes lies together: the numbers of its kind in this hour.
            String key = "kind = ? AND named = ? AND number = ? AND start ";
            return new Sql(table,
                    "SELECT " + FIGURES + " FROM " + table + " WHERE " + key + "= ?",
                    "INSERT INTO " + table + "(events, sum, least, greatest, squares, crc, kind, named, number, start)"
                            + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(kind, start, named, number) DO NOTHING",
                    "UPDATE " + table + " SET events = ?, sum = ?, least = ?, greatest = ?, squares = ?, crc = ? WHERE " + key + "= ?",
                    "SELECT " + FIGURES + " FROM " + table + " WHERE " + key + "BETWEEN ? AND ? ORDER BY start",
                    "SELECT kind, named, number, " + FIGURES + " FROM " + table + " ORDER BY kind, named, number, start");
        }
    }

    /** Takes what one row says. */
    interface Visitor {
        void visit(Piece piece, Rollup rollup);
    }

    /** Adds to the rows, in the caller's transaction. */
    void add(RollupSums sums) throws SQLException {
        add(sums.hours());
        add(sums.days());
    }

    private void add(Map<Piece, Rollup> sums) throws SQLException {
        if (remembered.size() > REMEMBERED) {
            remembered.clear();
        }
        for (Map.Entry<Piece, Rollup> sum : sums.entrySet()) {
            remembered.put(sum.getKey(), add(sum.getKey(), sum.getValue()));
        }
    }

    /** What there is now. Most pieces are those that were written last, or new. */
    private Rollup add(Piece piece, Rollup sum) throws SQLException {
        Sql sql = sql(piece.resolution());
        Rollup before = remembered.get(piece);
        if (before == null) {
            if (write(sql.insert(), piece, sum)) {
                return sum;
            }
            before = read(piece);
        }
        Rollup now = before.plus(sum);
        write(sql.update(), piece, now);
        return now;
    }

    /** Forgets what was written last: another connection has written, or the transaction was undone. */
    void forget() {
        remembered.clear();
    }

    private Rollup read(Piece piece) throws SQLException {
        PreparedStatement statement = database.prepare(sql(piece.resolution()).row());
        key(statement, 1, piece);
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw broken(piece.resolution(), piece.start().getEpochSecond());
            }
            return rollup(row, 1, piece.resolution(), piece.kind(), piece.number());
        }
    }

    /** Whether a row was written. */
    private boolean write(String sql, Piece piece, Rollup rollup) throws SQLException {
        PreparedStatement statement = database.prepare(sql);
        statement.setLong(1, rollup.count());
        // SQLite makes NULL of NaN.
        statement.setDouble(2, rollup.sum());
        statement.setDouble(3, rollup.min());
        statement.setDouble(4, rollup.max());
        statement.setDouble(5, rollup.sumOfSquares());
        statement.setLong(6, Checksum.of(piece, rollup));
        key(statement, 7, piece);
        return statement.executeUpdate() > 0;
    }

    private static void key(PreparedStatement statement, int first, Piece piece) throws SQLException {
        statement.setString(first, piece.kind());
        statement.setInt(first + 1, piece.number() == null ? 0 : 1);
        statement.setString(first + 2, piece.number() == null ? "" : piece.number());
        statement.setLong(first + 3, piece.start().getEpochSecond());
    }

    /** What a query without a subject asks for, in the caller's transaction. */
    List<Rollup> read(RollupQuery query) throws SQLException {
        List<Object> parameters = List.of(query.kind(), query.number().isPresent() ? 1L : 0L, query.number().orElse(""),
                query.since().map(query.resolution()::startOf).map(Instant::getEpochSecond).orElse(Long.MIN_VALUE),
                query.until().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE));
        List<Rollup> found = new ArrayList<>();
        try (ResultSet row = database.prepare(sql(query.resolution()).range(), parameters).executeQuery()) {
            while (row.next()) {
                Rollup rollup = rollup(row, 1, query.resolution(), query.kind(), query.number().orElse(null));
                // One that begins at the very second of the end is not asked for.
                if (query.covers(rollup.start())) {
                    found.add(rollup);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Reads a whole table, in the caller's transaction, in the order of its key. */
    void visit(Resolution resolution, Visitor visitor) throws SQLException {
        try (ResultSet row = database.prepare(sql(resolution).all()).executeQuery()) {
            while (row.next()) {
                String kind = String.valueOf(row.getString(1));
                String number = row.getInt(2) == 0 ? null : String.valueOf(row.getString(3));
                Rollup rollup = rollup(row, 4, resolution, kind, number);
                visitor.visit(new Piece(resolution, kind, number, rollup.start()), rollup);
            }
        }
    }

    private Rollup rollup(ResultSet row, int column, Resolution resolution, String kind, @Nullable String number) throws SQLException {
        long second = row.getLong(column);
        try {
            Rollup rollup = Rollup.of(Instant.ofEpochSecond(second), row.getLong(column + 1), figure(row, column + 2), figure(row, column + 3),
                    figure(row, column + 4), figure(row, column + 5));
            if (Checksum.of(new Piece(resolution, kind, number, rollup.start()), rollup) != row.getLong(column + 6)) {
                throw broken(resolution, second);
            }
            return rollup;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw broken(resolution, second);
        }
    }

    private static double figure(ResultSet row, int column) throws SQLException {
        double figure = row.getDouble(column);
        // NULL is 0 to the driver, and to ask it which of the two it was costs as much as the figure.
        return figure == 0 && row.wasNull() ? Double.NaN : figure;
    }

    private StoreException broken(Resolution resolution, long second) {
        return file.damaged("a rollup in the table " + sql(resolution).table() + ", of the second " + second + ", is not what was written");
    }

    private static Sql sql(Resolution resolution) {
        return resolution == Resolution.HOUR ? OF_HOURS : OF_DAYS;
    }
}
