package dev.autosync.store.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Lets one thread at a time to a database, which it opens when it is first needed and again after a failure. */
final class Door {
    private final DatabaseFile file;
    private final BusyRetry busy;
    private final Schema schema;
    private final boolean write;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Tables open;
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

    /** What is done with the tables. */
    interface Use<T> {
        @Nullable T with(Tables tables) throws SQLException;
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
            return enter(what, tables -> transaction(tables, use));
        } catch (SQLException e) {
            throw file.failed(what, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same, undone when the thread is interrupted.
     *
     * @throws InterruptedException if it was; also if it was before
     */
    <T> Optional<T> passInterruptibly(String what, Use<T> use) throws InterruptedException {
        return interruptibly(what, tables -> transaction(tables, use));
    }

    /** The same outside any transaction, for what SQLite does in one of its own. */
    <T> Optional<T> passAlone(String what, Use<T> use) throws InterruptedException {
        return interruptibly(what, tables -> busy.call(() -> use.with(tables)));
    }

    private <T> Optional<T> interruptibly(String what, Use<T> use) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return enter(what, tables -> tables.database().interruptibly(() -> use.with(tables)));
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_INTERRUPT.code && Thread.interrupted()) {
                throw new InterruptedException("interrupted, nothing was changed in " + file.path());
            }
            throw file.failed(what, e);
        } finally {
            lock.unlock();
        }
    }

    private <T> Optional<T> enter(String what, Use<T> use) throws SQLException {
        try {
            Tables tables = tables(what);
            return tables == null ? Optional.empty() : Optional.ofNullable(use.with(tables));
        } catch (SQLException e) {
            // Whatever state the connection is in, a fresh one is in none.
            discard();
            throw e;
        } catch (LinkageError e) {
            throw file.nativeLibraryMissing(e);
        }
    }

    private <T> @Nullable T transaction(Tables tables, Use<T> use) throws SQLException {
        Database database = tables.database();
        Database.Moment<@Nullable T> work = version -> {
            // A later version may have come while the database was open here.
            tables.begin(schema, version);
            return use.with(tables);
        };
        return busy.call(() -> {
            try {
                return write ? database.alone(() -> database.atOneMoment(work)) : database.atOneMoment(work);
            } catch (SQLException | RuntimeException | Error e) {
                tables.forget();
                throw e;
            }
        });
    }

    /** Whether somebody is using it at this moment. */
    boolean isTaken() {
        return lock.isLocked();
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

    private @Nullable Tables tables(String what) throws SQLException {
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
        open = new Tables(open(), file);
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
                Migration.run(writable, file, schema);
                return null;
            }));
            return writable;
        } catch (SQLException | RuntimeException | Error e) {
            writable.close();
            throw e;
        }
    }

    private void discard() {
        if (open != null) {
            open.database().close();
            open = null;
        }
    }
}
