package dev.autosync.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The highest token that was granted, in the one row of its table.
 *
 * @param database where the table is
 */
record GrantTable(Database database) {
    /** Beyond this a number is not one that was granted; it leaves room for a lifetime of grants above it. */
    static final long HIGHEST = 1L << 60;

    private static final String LAST = "SELECT coalesce(max(token), 0) FROM grants WHERE token BETWEEN 1 AND " + HIGHEST;

    private static final String RAISE = "INSERT INTO grants(id, token) VALUES(1, ?1) ON CONFLICT(id)"
            + " DO UPDATE SET token = iif(token BETWEEN 1 AND " + HIGHEST + ", max(token + 1, ?1), ?1) RETURNING token";

    /** The highest token that was granted, in the caller's transaction; 0 if there is none, or one that never was. */
    long last() throws SQLException {
        return database.number(LAST);
    }

    /** Grants the next token, in the caller's transaction: not below {@code atLeast}, which is 1 or more. */
    long raise(long atLeast) throws SQLException {
        try (ResultSet row = database.prepare(RAISE, List.of(atLeast)).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
