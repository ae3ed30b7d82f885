package dev.autosync.store.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database up to date: schema and rollups, behind a backup. */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    /** The first version that has rollups. */
    private static final int ROLLUPS = 3;

    /** The first version whose rollups stand for events up to a number. */
    private static final int ROLLED = 4;

    private static final int ROLLUPS_HELD = 10_000;

    private Migration() {}

    /**
     * Does what is needed, in the caller's transaction, which keeps every other writer out. Refuses what {@link Schema#check} refuses.
     *
     * @param database a connection that writes
     */
    static void run(Database database, DatabaseFile file, Schema schema) throws SQLException {
        int version = schema.check(database, file);
        if (version == schema.version()) {
            return;
        }
        long events = database.number("SELECT count(*) FROM events");
        LOG.info("Bringing {} with {} events from version {} of its schema to {}", file.path(), events, version, schema.version());
        if (events > 0) {
            try {
                Backup.beforeMigration(file, version, events);
            } catch (IOException e) {
                throw file.failed("back up, to bring it from version " + version + " to " + schema.version() + ",", e);
            }
        }
        schema.migrate(database, version);
        if (version < ROLLUPS && schema.version() >= ROLLUPS) {
            fill(database, file);
        }
        if (schema.version() >= ROLLED) {
            RolledRow.write(database, database.number(Selection.HIGHEST));
        }
    }

    /** Rolls up the events that are there. */
    private static void fill(Database database, DatabaseFile file) throws SQLException {
        RollupTable rollups = new RollupTable(database, file);
        RollupSums sums = new RollupSums();
        EventTable events = new EventTable(database, file);
        events.visit((sequence, event) -> {
            if (event == null) {
                throw events.broken(sequence);
            }
            sums.add(event.event());
            if (sums.size() >= ROLLUPS_HELD) {
                rollups.add(sums);
                sums.clear();
            }
        });
        rollups.add(sums);
    }
}
