package dev.autosync.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One connection. Threads: its user sees to it that only one has it. */
final class Database implements AutoCloseable {
    /** What a log that was longer is cut to. */
    static final int LOG_BYTES_KEPT = 16 << 20;

    /** SQLite moves its log into the database when it has so many pages of 4 KiB: 16 MiB, four times its default, for a fourth of the forced writes. */
    private static final int LOG_PAGES = 4000;
    private static final int CACHE_KIB = 8 << 10;
    private static final int STEPS_BETWEEN_LOOKS = 10_000;

    private final Connection connection;
    private final Statements statements;

    Database(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /** Opens a database to read it. Neither it nor its log is changed, not even when it is closed. */
    static Database openToRead(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(path, config);
    }

    /** Opens a database that is there to write to it. What is committed survives a power cut. */
    static Database openToWrite(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Database database = open(path, config);
        try {
            // A copy made by VACUUM INTO is not in write-ahead mode until it is told so.
            database.execute("PRAGMA journal_mode = WAL");
            database.execute("PRAGMA synchronous = FULL");
            // On macOS a forced write reaches the disk only so; elsewhere these say nothing.
            database.execute("PRAGMA fullfsync = ON");
            database.execute("PRAGMA checkpoint_fullfsync = ON");
            database.execute("PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
            database.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
            database.execute("PRAGMA cache_size = -" + CACHE_KIB);
            return database;
        } catch (SQLException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    private static Database open(Path path, SQLiteConfig config) throws SQLException {
        // Who waits for others is a matter of BusyRetry. SQLite's own way is to sleep for up to a tenth of a second at a time.
        config.setBusyTimeout(0);
        config.setGetGeneratedKeys(false);
        // As an address: in a plain name the driver takes what follows a question mark for settings.
        Database database = new Database(connect(config, "jdbc:sqlite:" + path.toUri()));
        try {
            database.execute("PRAGMA trusted_schema = OFF");
            database.execute("PRAGMA cell_size_check = ON");
            // Else the driver tries to begin a transaction of its own behind every statement. The one that it begins here is ended at once.
            database.connection.setAutoCommit(false);
            database.execute("ROLLBACK");
            return database;
        } catch (SQLException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** What the driver does to find out which native library to load, the first time in a process, now and then swallows an interrupt. */
    private static Connection connect(SQLiteConfig config, String address) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            return config.createConnection(address);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A statement that is kept for the next time: its user closes its results, not itself, and uses it once at a time. */
    PreparedStatement prepare(String sql) throws SQLException {
        return statements.get(sql);
    }

    /** The same with what its question marks stand for. */
    PreparedStatement prepare(String sql, List<Object> parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The number that a statement answers with. */
    long number(String sql) throws SQLException {
        try (ResultSet row = prepare(sql).executeQuery()) {
            return row.getLong(1);
        }
    }

    /** The text that a statement answers with. */
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return String.valueOf(row.getString(1));
        }
    }

    /** The pairs of texts that a statement answers with. */
    Map<String, String> texts(String sql) throws SQLException {
        Map<String, String> texts = new HashMap<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.put(String.valueOf(row.getString(1)), String.valueOf(row.getString(2)));
            }
        }
        return texts;
    }

    /** Work that is done whole or not at all. */
    interface Work<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /** Work that is told SQLite's data version: another one as soon as another connection, of this process or another, has committed something. */
    interface Moment<T extends @Nullable Object> {
        T run(long version) throws SQLException;
    }

    /**
     * Does work that sees everything as it is at one moment. Waits for nobody. Outside a transaction it may only read.
     *
     * <p>As long as a statement has a row to give, SQLite keeps what is read as it is: {@code BEGIN} and {@code COMMIT} are spared.
     */
    <T extends @Nullable Object> T atOneMoment(Moment<T> work) throws SQLException {
        try (ResultSet version = prepare("PRAGMA data_version").executeQuery()) {
            return work.run(version.getLong(1));
        }
    }

    /** Does work in one transaction, alone among all processes from its first statement on. */
    <T extends @Nullable Object> T alone(Work<T> work) throws SQLException {
        prepare("BEGIN IMMEDIATE").execute();
        try {
            T result = work.run();
            prepare("COMMIT").execute();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    /** Does a part of a transaction that is undone alone if it throws. */
    <T extends @Nullable Object> T wholeOrNot(Work<T> part) throws SQLException {
        prepare("SAVEPOINT part").execute();
        try {
            T result = part.run();
            prepare("RELEASE part").execute();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                prepare("ROLLBACK TO part").execute();
                prepare("RELEASE part").execute();
            } catch (SQLException undoing) {
                // Then the transaction as a whole has been undone, or will be: the connection is closed after an SQLException.
                undoing.addSuppressed(e);
                throw undoing;
            }
            throw e;
        }
    }

    /** Does work that ends with {@code SQLITE_INTERRUPT} soon after its thread was interrupted. */
    <T extends @Nullable Object> T interruptibly(Work<T> work) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return Thread.currentThread().isInterrupted() ? 1 : 0;
            }
        });
        try {
            return work.run();
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    private void rollBack(Throwable cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has done it itself, or will when the connection is closed, which follows every SQLException.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            statements.close();
            connection.close();
        } catch (SQLException e) {
            // What is committed stays so. What a checkpoint did not get done, the next user of the database does.
        }
    }
}
