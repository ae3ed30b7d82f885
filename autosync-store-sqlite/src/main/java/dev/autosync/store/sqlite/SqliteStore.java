package dev.autosync.store.sqlite;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The store: one door to write, and a few to read, each with a connection of its own. */
final class SqliteStore implements Store {
    private final Door writer;
    private final GroupCommit appends;
    private final Readers readers;
    private final SqliteMaintenance maintenance;

    private SqliteStore(DatabaseFile file, Duration busyTimeout, Schema schema) {
        this.writer = Door.toWrite(file, busyTimeout, schema);
        this.appends = new GroupCommit(writer, new LogRoom(file, LogRoom.BYTES), new LogLimit(writer, file, LogLimit.BYTES));
        this.readers = new Readers(file, busyTimeout, schema);
        this.maintenance = new SqliteMaintenance(file, writer, readers, () -> Door.toRead(file, busyTimeout, schema));
    }

    /**
     * Opens a store. Makes nothing; brings a database of an earlier version up to date.
     *
     * @param fileSystem says where the folder lies
     * @param schema what the database is to look like
     */
    static SqliteStore open(Path directory, Duration busyTimeout, FileSystemType fileSystem, Schema schema) {
        fileSystem.requireLocal(directory);
        SqliteStore store = new SqliteStore(DatabaseFile.in(directory), busyTimeout, schema);
        try {
            store.readers.pass("open", tables -> null);
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
            return readers.pass("append to", tables -> {
                tables.require(token);
                return tables.end().sequence();
            }).orElse(0L);
        }
        return appends.append(token, batch);
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return writer.pass("grant a token in", tables -> tables.grant(atLeast)).orElseThrow();
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return readers.pass("read", tables -> tables.events().read(query)).orElse(List.of());
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        if (query.subject().isPresent()) {
            // Its events are found through their index, and are few.
            return Store.super.rollup(query);
        }
        return readers.pass("read", tables -> tables.rollup(query)).orElse(List.of());
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return Optional.of(maintenance);
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return readers.pass("read", tables -> tables.end().seen()).filter(seen -> seen > 0).map(FencingToken::new);
    }

    @Override
    public void close() {
        // The writer last: only it can move what is in the log into the database and tidy up.
        readers.close();
        writer.close();
    }
}
