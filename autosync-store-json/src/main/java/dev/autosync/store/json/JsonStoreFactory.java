package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreFactory;
import java.nio.file.Path;

/**
 * Opens stores that keep events as lines of JSON, under the name {@code json}.
 *
 * <p>Called by the engine, or by embedding code that wants the history alone. The folder holds segments {@code events-000001.jsonl},
 * {@code events-000002.jsonl}, ... Each line is one event, in UTF-8, its fields always in this order:
 *
 * <pre>{@code
 * {"v":1,"seq":7,"crc":"b7ac421a","token":3,"batch":[6,8],"cycle":"..","kind":"..","subject":"..",
 *  "at":"2026-11-23T11:50:34.123456789Z","numbers":{"ms":12.5},"payload":{"any":"JSON"}}
 * }</pre>
 *
 * <ul>
 *   <li>{@code crc} is the CRC32C (RFC 3720) of the line's bytes without the line end, with its own eight digits taken as zeros.
 *   <li>{@code batch} names the first and the last sequence number of the append that wrote the line; an append of one event has
 *       none. An append is never split over two segments. One that is not there to its last line does not count at all.
 *   <li>{@code write}, behind it, is the first sequence number of the appends that were written and forced together with this one, unless it is the
 *       append's own.
 *   <li>{@code payload} is the event's payload byte for byte, and always the last member. A payload that is no JSON is kept as the string
 *       {@code text} in its place. Members that are not known, before it, are left out. A line whose {@code v} is higher is
 *       {@link ErrorCode#STORE_VERSION}.
 * </ul>
 *
 * <p>Beside them lie {@code token}, the highest token that was granted, in decimal digits and a line end, and {@code lock}, which is empty,
 * and is locked by the process that appends, grants or compacts, while it looks, checks its token and writes. No other code may open {@code lock} in a
 * process that uses the store: closing it would free the lock (POSIX). A {@code token} that holds anything but a number from 1 to
 * 2<sup>60</sup> counts as none.
 *
 * <p>Beside each segment but the last lies {@code rollups-000001.jsonl}: what the segment holds, and its rollups by the hour, in lines framed like
 * those of events. It is written when the segment is full and is no more than a cache: where it is missing or damaged, {@link Store#rollup}
 * makes it anew from the segment. A compaction writes segments anew, under names like {@code events-000001-g2.jsonl}, and then {@code compacted.jsonl},
 * which names the files that count and keeps the rollups of all events in them, also of those that were removed.
 *
 * <p>Setting {@code segmentBytes}, 4096 to 2<sup>30</sup>, default 8388608: a segment that would grow beyond it is followed by a
 * new one.
 *
 * <p>Opening and reading write nothing but such a cache. What a power cut has left behind the last whole append is ignored, and moved to a file
 * {@code *.torn} by the next append. A damaged line is {@link ErrorCode#STORE_DAMAGED}, by file and line, for every read that
 * reaches it and for every append that knows of it: one in the last segment, or in an earlier one once a read has met it. A broken
 * last line that has its line end is damage too, since no crash leaves one behind. Events before the damage can be read with
 * {@code limit}. Only the last segment is read to open a store, so that opening and appending cost the same however long the
 * history is.
 *
 * <p>Setting {@code onDamage}, {@code stop} (the default) or {@code quarantine}. With the latter, whoever meets damaged lines puts them into a file
 * {@code *.quarantine}, keeps every event that is whole, and appends an event of the kind {@code store-damage} whose numbers say how many
 * events are {@code lost} and how many {@code lines} lie aside, and whose payload names the files. The lost ones count as removed:
 * {@link dev.autosync.spi.StoreMaintenance#compactedUpTo()} is not below their numbers. A damaged {@code compacted.jsonl} cannot be mended so.
 *
 * <p>A failed write is taken back, and the store goes on. When even that fails, or a forced write does, the store refuses appends
 * until it is opened anew, because the operating system may have dropped what it could not write.
 *
 * <p>Several processes and objects may use one store. Who appends or grants waits up to 10 seconds for another that does, then fails with
 * {@link ErrorCode#STORE_FAILED}: no append takes that long, unless its process was stopped in the middle; a compaction that rewrites gigabytes does.
 * Reads, and appends of nothing, wait for no other object; those of the same one wait while it appends, grants or compacts. Threads of one object
 * that append at once share one forced write. A grant is not forced to the disk,
 * since no holder of a workspace survives a power cut. Threads: the factory and its
 * stores are safe to share. Whoever opens a store closes it; it holds no file open between calls. All of it works on an
 * interrupted thread, which stays interrupted, but maintenance, which ends.
 *
 * @since 0.1.0
 */
public final class JsonStoreFactory implements StoreFactory {
    static final long DEFAULT_SEGMENT_BYTES = 8L << 20;

    /** Called by ServiceLoader. */
    public JsonStoreFactory() {}

    @Override
    public String name() {
        return "json";
    }

    /**
     * Opens the store.
     *
     * @param directory the folder that is the store's own; made by the first append or grant if it is not there
     * @param settings {@code segmentBytes} and {@code onDamage}
     * @return an open store; whoever called closes it
     * @throws StoreException {@link ErrorCode#STORE_DAMAGED} if the last segment was not written by this store,
     *     {@link ErrorCode#STORE_VERSION} if it was by a newer version of it, {@link ErrorCode#STORE_FAILED} if it could not be read
     */
    @Override
    public Store open(Path directory, PluginSettings settings) {
        long segmentBytes = settings.integer("segmentBytes", 4096, 1L << 30).orElse(DEFAULT_SEGMENT_BYTES);
        String onDamage = settings.string("onDamage").orElse("stop");
        if (!onDamage.equals("stop") && !onDamage.equals("quarantine")) {
            throw settings.invalid("onDamage", "it must be \"stop\" or \"quarantine\"");
        }
        return JsonStore.open(Workings.of(new Segments(directory), new Disk(), segmentBytes, true), onDamage.equals("quarantine"));
    }
}
