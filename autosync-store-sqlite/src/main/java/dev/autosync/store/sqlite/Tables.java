package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one connection, and what it need not ask them as long as no other connection has written. Threads: as its connection.
 */
final class Tables {
    private final Database database;
    private final DatabaseFile file;
    private final EventTable events;
    private final GrantTable grants;
    private final RollupTable rollups;
    private final RollupTail tail;
    private long version;
    private boolean current;
    private @Nullable End end;

    /**
     * Where the history ends.
     *
     * @param sequence the last event's number, 0 if there is none
     * @param token the last event's token, 0 if there is none
     * @param granted the highest token that was granted, 0 if none was
     */
    record End(long sequence, long token, long granted) {
        /** The highest token that the store has seen or granted. */
        long seen() {
            return Math.max(token, granted);
        }
    }

    Tables(Database database, DatabaseFile file) {
        this.database = database;
        this.file = file;
        this.events = new EventTable(database, file);
        this.grants = new GrantTable(database);
        this.rollups = new RollupTable(database, file);
        this.tail = new RollupTail(database, file, events, rollups);
    }

    Database database() {
        return database;
    }

    EventTable events() {
        return events;
    }

    RollupTable rollups() {
        return rollups;
    }

    /**
     * Begins a transaction: what is known is forgotten if another connection has committed since, and a changed schema is refused.
     *
     * @param found SQLite's data version in it
     */
    void begin(Schema schema, long found) throws SQLException {
        if (!current || found != version) {
            forgetRows();
            tail.doubt();
            schema.requireVersion(database, file);
            version = found;
            current = true;
        }
    }

    /** Forgets everything, for example what a transaction wrote that was then undone. */
    void forget() {
        current = false;
        forgetRows();
        tail.forget();
    }

    private void forgetRows() {
        end = null;
        rollups.forget();
    }

    /** Where the history ends, in the caller's transaction. */
    End end() throws SQLException {
        if (end == null) {
            StoredEvent last = events.last();
            end = new End(last == null ? 0 : last.sequence(), last == null ? 0 : last.token().value(), grants.last());
        }
        return end;
    }

    /** Refuses a token below one that the store has seen or granted, in the caller's transaction. */
    void require(FencingToken token) throws SQLException {
        long seen = end().seen();
        if (token.value() < seen) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot append to " + file.path() + " with token " + token.value()
                    + ": the store has seen " + seen + "; another engine has the workspace now", null);
        }
    }

    /** Adds events and what they come to, in the caller's transaction, which has to require the token; the last sequence number. */
    long append(FencingToken token, List<Event> batch) throws SQLException {
        End before = end();
        events.add(before.sequence(), token, batch);
        end = new End(before.sequence() + batch.size(), token.value(), before.granted());
        tail.add(end.sequence(), batch);
        return end.sequence();
    }

    /** What a query without a subject asks for, in the caller's transaction. */
    List<Rollup> rollup(RollupQuery query) throws SQLException {
        Map<Instant, Rollup> last = tail.sums().of(query);
        List<Rollup> rows = rollups.read(query);
        if (last.isEmpty()) {
            return rows;
        }
        List<Rollup> all = new ArrayList<>(rows);
        for (Rollup rollup : last.values()) {
            int at = Collections.binarySearch(all, rollup, Comparator.comparing(Rollup::start));
            if (at < 0) {
                all.add(-at - 1, rollup);
            } else {
                all.set(at, all.get(at).plus(rollup));
            }
        }
        return List.copyOf(all);
    }

    /** All rollups by the hour, in the caller's transaction and in no order. */
    Map<RollupTable.Piece, Rollup> hours() throws SQLException {
        Map<RollupTable.Piece, Rollup> hours = new HashMap<>();
        rollups.visit(Resolution.HOUR, hours::put);
        tail.sums().hours().forEach((hour, rollup) -> hours.merge(hour, rollup, Rollup::plus));
        return hours;
    }

    /** Rolls up all events, in the caller's transaction: from now on no rollup depends on an event. */
    void rollUp() throws SQLException {
        tail.rollUp();
    }

    /** Grants the next token, in the caller's transaction. */
    FencingToken grant(FencingToken atLeast) throws SQLException {
        End before = end();
        long lowest = Math.max(atLeast.value(), Math.min(before.token(), GrantTable.HIGHEST) + 1);
        long granted = lowest > GrantTable.HIGHEST ? lowest : grants.raise(lowest);
        if (granted > GrantTable.HIGHEST) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot grant a token in " + file.path() + ": it would be above "
                    + GrantTable.HIGHEST + ", which no history reaches; see who has appended with, or asked for, such a one", null);
        }
        end = new End(before.sequence(), before.token(), granted);
        return new FencingToken(granted);
    }
}
