package dev.autosync.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Up to which event the rollups go, in the one row of its table: a wrong number there would count events twice, or never. */
final class RolledRow {
    private static final String READ = "SELECT seq, crc FROM rolled";
    private static final String WRITE = "UPDATE rolled SET seq = ?, crc = ?";

    private RolledRow() {}

    /** The number of the last event that the rollups contain, in the caller's transaction; 0 if they are empty. */
    static long read(Database database, DatabaseFile file) throws SQLException {
        try (ResultSet row = database.prepare(READ).executeQuery()) {
            if (!row.next() || Checksum.of(row.getLong(1)) != row.getLong(2)) {
                throw file.damaged("the table rolled, which says how far the rollups go, is not what was written");
            }
            return row.getLong(1);
        }
    }

    /** Notes it, in the caller's transaction. */
    static void write(Database database, long sequence) throws SQLException {
        PreparedStatement statement = database.prepare(WRITE);
        statement.setLong(1, sequence);
        statement.setLong(2, Checksum.of(sequence));
        statement.executeUpdate();
    }
}
