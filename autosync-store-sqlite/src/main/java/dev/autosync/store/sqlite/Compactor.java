package dev.autosync.store.sqlite;

import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes events and gives their room back. */
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private static final String CONDITION = " FROM events INDEXED BY events_of_kind WHERE kind = ?1 AND second < ?2 AND seq < ?3";

    private static final String NOTE = "INSERT INTO compaction(id, seq) VALUES(1, ?1) ON CONFLICT(id) DO UPDATE SET seq = max(seq, ?1)";

    private Compactor() {}

    /** Removes what a retention lets go, but never the last event, in the caller's transaction; how many that were. */
    static long remove(Tables tables, Retention retention) throws SQLException {
        long last = tables.end().sequence();
        long removed = 0;
        for (String kind : retention.kinds()) {
            PreparedStatement highest = prepare(tables, "SELECT coalesce(max(seq), 0)" + CONDITION, kind, retention, last);
            long upTo;
            try (var row = highest.executeQuery()) {
                upTo = row.getLong(1);
            }
            if (upTo > 0) {
                removed += prepare(tables, "DELETE" + CONDITION, kind, retention, last).executeUpdate();
                note(tables, upTo);
            }
        }
        return removed;
    }

    /** Notes up to where events may be missing, in the caller's transaction. */
    static void note(Tables tables, long upTo) throws SQLException {
        PreparedStatement statement = tables.database().prepare(NOTE);
        statement.setLong(1, upTo);
        statement.executeUpdate();
    }

    private static PreparedStatement prepare(Tables tables, String sql, String kind, Retention retention, long last) throws SQLException {
        PreparedStatement statement = tables.database().prepare(sql);
        statement.setString(1, kind);
        statement.setLong(2, retention.before().getEpochSecond());
        statement.setLong(3, last);
        return statement;
    }

    /**
     * Gives room back to the file system: the whole database is written anew when more than a quarter of its events went, which may have left all
     * pages in use and none full, or when more than a quarter of its pages is free. Where that cannot be done, later events fill the pages.
     *
     * @param removed how many events went
     */
    static void giveRoomBack(Door writer, DatabaseFile file, long removed) {
        try {
            writer.passAlone("give room back in", tables -> {
                Database database = tables.database();
                long pages = database.number("PRAGMA page_count");
                long free = database.number("PRAGMA freelist_count");
                if (free > pages / 4 || removed > 0 && removed > database.number("SELECT count(*) FROM events") / 3) {
                    vacuum(database, file, (pages - free) * database.number("PRAGMA page_size"));
                }
                // Moves the log into the database and cuts it to nothing, as far as nobody reads from it.
                database.number("PRAGMA wal_checkpoint(TRUNCATE)");
                return null;
            });
        } catch (InterruptedException e) {
            // The events are gone already; the next compaction finds the free pages.
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.warn("The removed events are gone, their room stays with {} and is used for later ones: {}", file.path(), e.getMessage());
        }
    }

    private static void vacuum(Database database, DatabaseFile file, long bytes) throws SQLException {
        try {
            // Once beside the database, once in its log.
            DatabaseFile.requireRoom(file.directory(), 2 * bytes);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
        database.execute("VACUUM");
    }
}
