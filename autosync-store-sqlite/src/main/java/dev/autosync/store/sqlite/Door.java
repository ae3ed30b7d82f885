package dev.autosync.store.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time to a database, which it opens when it is first needed and again after a failure. */
final class Door {
    private final DatabaseFile file;
    private final BusyRetry busy;
    private final Schema schema;
    private final boolean write;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Database open;
    private DatabaseFile.@Nullable Identity identity;
    private boolean closed;

    private Door(DatabaseFile file, Duration busyTimeout, Schema schema, boolean write) {
        this.file = file;
        this.busy = BusyRetry.of(busyTimeout);
        this.schema = schema;
        this.write = write;
    }

    /** A door that makes the database if there is none. */
    static Door toWrite(DatabaseFile file, Duration busyTimeout, Schema schema) {
        return new Door(file, busyTimeout, schema, true);
    }

    /** A door through which nobody goes while there is no database. */
    static Door toRead(DatabaseFile file, Duration busyTimeout, Schema schema) {
        return new Door(file, busyTimeout, schema, false);
    }

    /** What is done with the events in one transaction. */
    interface Use<T> {
        @Nullable T with(EventTable table) throws SQLException;
    }

    /**
     * Uses the database in one transaction, which is undone if that throws.
     *
     * @param what the same in words, for messages
     * @return what came of it; empty if that was null, or if there is no database
     */
    <T> Optional<T> pass(String what, Use<T> use) {
        lock.lock();
        try {
            Database database = database(what);
            if (database == null) {
                return Optional.empty();
            }
            Database.Work<@Nullable T> work = () -> {
                // A later version may have come while the database was open here.
                schema.requireVersion(database, file);
                return use.with(new EventTable(database, file));
            };
            return Optional.ofNullable(busy.call(() -> write ? database.alone(work) : database.atOneMoment(work)));
        } catch (SQLException e) {
            // Whatever state the connection is in, a fresh one is in none.
            discard();
            throw file.failed(what, e);
        } catch (LinkageError e) {
            throw file.nativeLibraryMissing(e);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Database database(String what) throws SQLException {
        if (closed) {
            throw file.failed("the store is closed");
        }
        DatabaseFile.Identity found = file.find();
        if (open != null) {
            if (found == null || !found.equals(identity)) {
                throw file.failed("the file was deleted or replaced while the store was open; close the store and open it again");
            }
            return open;
        }
        if (found == null && write) {
            create(what);
            found = file.find();
        }
        if (found == null) {
            return null;
        }
        open = open();
        identity = found;
        return open;
    }

    private void create(String what) throws SQLException {
        try {
            Creation.create(file, schema);
        } catch (IOException e) {
            throw file.failed(what, e);
        }
    }

    /** First only to read: what is foreign or newer must stay as it is, also when it is closed. */
    private Database open() throws SQLException {
        Database database = busy.call(() -> Database.openToRead(file.path()));
        try {
            int version = busy.call(() -> schema.check(database, file));
            if (!write && version == schema.version()) {
                return database;
            }
        } catch (SQLException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
        database.close();
        Database writable = busy.call(() -> Database.openToWrite(file.path()));
        try {
            busy.call(() -> writable.alone(() -> {
                int version = schema.check(writable, file);
                if (version < schema.version()) {
                    schema.migrate(writable, version);
                }
                return version;
            }));
            return writable;
        } catch (SQLException | RuntimeException | Error e) {
            writable.close();
            throw e;
        }
    }

    private void discard() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
