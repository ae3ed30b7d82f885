package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store: one door to write and one to read, each with a connection of its own. */
final class SqliteStore implements Store {
    private final DatabaseFile file;
    private final Door writer;
    private final Door reader;

    private SqliteStore(DatabaseFile file, Duration busyTimeout, Schema schema) {
        this.file = file;
        this.writer = Door.toWrite(file, busyTimeout, schema);
        this.reader = Door.toRead(file, busyTimeout, schema);
    }

    /**
     * Opens a store. Makes nothing; brings a database of an earlier version up to date.
     *
     * @param fileSystem says where the folder lies
     * @param schema what the database is to look like
     */
    static SqliteStore open(Path directory, Duration busyTimeout, FileSystemType fileSystem, Schema schema) {
        fileSystem.requireLocal(directory);
        DatabaseFile file = DatabaseFile.in(directory);
        SqliteStore store = new SqliteStore(file, busyTimeout, schema);
        try {
            store.reader.pass("open", table -> null);
            return store;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        if (batch.isEmpty()) {
            // Makes no database either.
            return reader.pass("append to", table -> check(table, token)).orElse(0L);
        }
        return writer.pass("append to", table -> {
            long last = check(table, token);
            table.add(last, token, batch);
            return last + batch.size();
        }).orElseThrow();
    }

    /** The last sequence number, if the token may write behind it. */
    private long check(EventTable table, FencingToken token) throws SQLException {
        StoredEvent last = table.last();
        long seen = seen(table, last);
        if (token.value() < seen) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot append to " + file.path() + " with token " + token.value()
                    + ": the store has seen " + seen + "; another engine has the workspace now", null);
        }
        return last == null ? 0 : last.sequence();
    }

    private static long seen(EventTable table, @Nullable StoredEvent last) throws SQLException {
        return Math.max(last == null ? 0 : last.token().value(), table.grants().last());
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return writer.pass("grant a token in", table -> {
            StoredEvent last = table.last();
            long appended = last == null ? 0 : last.token().value();
            long lowest = Math.max(atLeast.value(), Math.min(appended, GrantTable.HIGHEST) + 1);
            long granted = lowest > GrantTable.HIGHEST ? lowest : table.grants().raise(lowest);
            if (granted > GrantTable.HIGHEST) {
                throw new StoreException(ErrorCode.STORE_FAILED, "Cannot grant a token in " + file.path() + ": it would be above "
                        + GrantTable.HIGHEST + ", which no history reaches; see who has appended with, or asked for, such a one", null);
            }
            return new FencingToken(granted);
        }).orElseThrow();
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return reader.pass("read", table -> table.read(query)).orElse(List.of());
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return reader.pass("read", table -> seen(table, table.last())).filter(seen -> seen > 0).map(FencingToken::new);
    }

    @Override
    public void close() {
        // The writer last: only it can move what is in the log into the database and tidy up.
        reader.close();
        writer.close();
    }
}
