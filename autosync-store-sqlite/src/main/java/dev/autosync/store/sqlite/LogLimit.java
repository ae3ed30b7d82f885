package dev.autosync.store.sqlite;

import dev.autosync.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps SQLite's log from growing for ever. SQLite begins it anew when all of it is in the database and nobody reads from it, and never waits for that
 * moment: where reads follow each other without a pause it does not come. Threads: one at a time.
 */
final class LogLimit {
    /** Four times what SQLite lets come together before it moves the log into the database. */
    static final long BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LogLimit.class);

    private static final int EVENTS_BETWEEN_LOOKS = 1000;

    /** For as long at most writers wait for reads that have begun. */
    private static final int PATIENCE_MILLIS = 1000;

    private final Door writer;
    private final DatabaseFile file;
    private final long most;
    private long limit;
    private long unseen;

    LogLimit(Door writer, DatabaseFile file, long most) {
        this.writer = writer;
        this.file = file;
        this.most = most;
        this.limit = most;
    }

    /**
     * Looks whether the log has become too long, and sees to it that the next append begins it anew.
     *
     * @param events how many were appended since the last call
     */
    void keep(long events) {
        unseen += events;
        if (unseen < EVENTS_BETWEEN_LOOKS) {
            return;
        }
        unseen = 0;
        try {
            long bytes = file.logBytes();
            if (bytes > limit) {
                // Where a single read takes longer, a check for one, the next attempt is put off until the log is twice as long.
                limit = restart() ? most : 2 * bytes;
            }
        } catch (StoreException e) {
            // What was appended is durable all the same.
            LOG.warn("The log of {} stays longer than it should be: {}", file.path(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything is in the database: from then on reads begin there. Then until those that began before have ended. */
    private boolean restart() throws InterruptedException {
        return writer.passAlone("shorten the log of", tables -> {
            Database database = tables.database();
            database.execute("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
            try {
                return database.number("PRAGMA wal_checkpoint(RESTART)") == 0;
            } finally {
                database.execute("PRAGMA busy_timeout = 0");
            }
        }).orElse(false);
    }
}
