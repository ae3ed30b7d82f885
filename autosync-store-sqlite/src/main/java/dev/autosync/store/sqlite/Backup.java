package dev.autosync.store.sqlite;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of a database that are complete, durable and verified before they get their name. */
final class Backup {
    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

    /** As good as a hash: each checksum covers an event and its number. */
    private static final String EVENTS = "SELECT count(*) || ' ' || max(seq) || ' ' || sum(crc) FROM events";

    private Backup() {}

    /**
     * Copies a database as it is at one moment, while others read and write.
     *
     * @param database a connection to it that is in no transaction
     * @param target where to, in a folder that exists; a file that is not there
     */
    static void write(Database database, Path target) throws IOException, SQLException {
        Path folder = Objects.requireNonNull(target.getParent(), "a database lies in a folder");
        DatabaseFile.requireRoom(folder, database.number("PRAGMA page_count") * database.number("PRAGMA page_size"));
        Path draft = target.resolveSibling(target.getFileName() + ".new");
        try {
            // What a killed process has left of one.
            Files.deleteIfExists(draft);
            database.prepare("VACUUM INTO ?", List.of(draft.toString())).execute();
            verify(draft);
            force(draft);
            Files.move(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
        Folders.force(folder);
    }

    /**
     * Keeps a copy beside a database, {@code store.db.v2} for version 2, while a transaction of the caller's keeps every other writer out. A copy of
     * the same events that is there is enough; where that name is another file's, the copy becomes {@code store.db.v2.2}.
     *
     * @param events how many there are
     */
    static void beforeMigration(DatabaseFile file, int version, long events) throws IOException, SQLException {
        String name = "store.db.v" + version;
        Path target = file.directory().resolve(name);
        try (Database reader = Database.openToRead(file.path())) {
            for (int i = 2; Files.exists(target, NOFOLLOW_LINKS); i++) {
                if (isCopy(target, version, reader)) {
                    LOG.info("Keeping {}, which an earlier attempt has made", target);
                    return;
                }
                target = file.directory().resolve(name + "." + i);
            }
            // The migration writes about as much again into the log.
            DatabaseFile.requireRoom(file.directory(), 2 * file.bytes());
            write(reader, target);
        }
        LOG.info("The {} events as they were are in {}; delete it when the new version has proved itself, or to go back, close all engines, move"
                + " store.db and store.db-wal away and rename it to store.db", events, target);
    }

    /** Whether a file has the same events in the same version: that version may have gone on after the attempt that made it. */
    private static boolean isCopy(Path file, int version, Database database) {
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            return false;
        }
        try (Database copy = Database.openToRead(file)) {
            return copy.number("PRAGMA user_version") == version && copy.text(EVENTS).equals(database.text(EVENTS))
                    && copy.text("PRAGMA quick_check(1)").equals("ok");
        } catch (SQLException e) {
            // Then it is no database, or one that is of no use.
            return false;
        }
    }

    private static void verify(Path copy) throws IOException, SQLException {
        try (Database database = Database.openToRead(copy)) {
            String answer = database.text("PRAGMA quick_check(1)");
            if (!answer.equals("ok")) {
                throw new IOException("the copy is not whole: " + answer);
            }
        }
    }

    private static void force(Path file) throws IOException {
        // No channel: an interrupt would close that.
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.getFD().sync();
        }
    }
}
