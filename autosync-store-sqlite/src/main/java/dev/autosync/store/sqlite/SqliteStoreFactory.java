package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreFactory;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens stores that keep events in an SQLite database, under the name {@code sqlite}.
 *
 * <p>Called by the engine, or by embedding code that wants the history alone. The folder holds {@code store.db}, and while it is in use
 * SQLite's {@code store.db-wal} and {@code store.db-shm}. The database is made by the first append or grant, complete or not at all. Its schema
 * is described in {@code docs/database-plan.md}; anybody may read it with any SQLite tool.
 *
 * <p>Setting {@code busyTimeout}, default {@code PT10S}: how long a call waits while another process writes, more than zero.
 * An interrupt does not cut that short. The call tries again every millisecond or so; an opening that it has to do first waits for itself.
 *
 * <p>Appends are transactions in write-ahead mode with {@code synchronous=FULL}: one forced write each, which appends of several threads share,
 * and two more when SQLite moves its log into the database, every 16 MiB; they survive a power cut. Where reads leave it no pause, the log grows
 * beyond: from 64 MiB on an append waits for the reads that have begun, for a second at most, now and then. The fencing token is checked in the
 * transaction that writes, against the last event and against what was granted. Reads use up to four connections of their own, so that they see
 * whole appends and wait for none. Every query is answered through an index, {@code latest} too: what it costs follows what it finds, not the
 * length of the history. A query by time alone also passes over the events of the hours in which it begins and ends, and over what came between if a
 * clock came back to one of its hours later.
 *
 * <p>Rollups without a subject are kept: events are added to them 64 at a time, by the append that makes them so many and in its transaction. A
 * question for them adds the last events, 63 at most, which each connection reads once. Rollups with a subject read its events.
 *
 * <p>SQLite does not notice a flipped bit in a row, so each row has a checksum: an event or rollup that is not what was written is
 * {@link ErrorCode#STORE_DAMAGED}, never returned. A flipped bit in an index may hide events from queries by cycle, kind, subject or time;
 * {@link dev.autosync.spi.StoreMaintenance#check} finds that.
 *
 * <p>A database of an earlier schema is brought up to date when it is opened, behind a copy beside it, {@code store.db.v2} for version 2,
 * which needs room for the database three times over; {@code docs/database-plan.md} says more.
 *
 * <p>Several processes and objects may use one store. Network file systems are refused, for write-ahead mode needs memory that all
 * processes share. No other code of a process may open {@code store.db} as a file while a store has it open: closing it would drop
 * SQLite's locks (POSIX).
 *
 * <p>The driver unpacks a native library into {@code java.io.tmpdir}, or into {@code org.sqlite.tmpdir} if that is set. From JDK 24 on
 * the JVM warns unless it was started with {@code --enable-native-access=org.xerial.sqlitejdbc}, on the class path
 * {@code --enable-native-access=ALL-UNNAMED}.
 *
 * <p>Threads: the factory and its stores are safe to share. Whoever opens a store closes it. All of it works on an interrupted thread,
 * which stays interrupted.
 *
 * @since 0.1.0
 */
public final class SqliteStoreFactory implements StoreFactory {
    static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(10);

    /** Called by ServiceLoader. */
    public SqliteStoreFactory() {}

    @Override
    public String name() {
        return "sqlite";
    }

    /**
     * Opens the store.
     *
     * @param directory the folder that is the store's own; made by the first append or grant if it is not there
     * @param settings {@code busyTimeout}
     * @return an open store; whoever called closes it
     * @throws StoreException {@link ErrorCode#STORE_FOREIGN} if {@code store.db} is no database of AutoSync,
     *     {@link ErrorCode#STORE_VERSION} if a newer AutoSync wrote it, {@link ErrorCode#STORE_DAMAGED} if SQLite cannot read it,
     *     {@link ErrorCode#STORE_FAILED} if the folder is on a network file system, the native library cannot be loaded, or an earlier
     *     schema cannot be brought up to date. Nothing was changed
     */
    @Override
    public Store open(Path directory, PluginSettings settings) {
        Duration busyTimeout = settings.duration("busyTimeout").orElse(DEFAULT_BUSY_TIMEOUT);
        return SqliteStore.open(directory, busyTimeout, FileSystemType.REAL, Schema.CURRENT);
    }
}
