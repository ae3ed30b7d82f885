package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** The store. Keeps only the end of the log in memory, and looks at the folder again before each use of it. */
final class JsonStore implements Store {
    /** What appends that wait for each other are written together at most, in bytes. */
    private static final long MOST_AT_ONCE = 1 << 20;

    private final Segments segments;
    private final Disk disk;
    private final long segmentBytes;
    private final SegmentIndex index;
    private final RollupReader rollups;
    private final Ledger ledger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<PendingAppend> pending = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private JsonStore(Path directory, long segmentBytes, Disk disk, boolean wholeBatches) {
        this.segments = new Segments(directory);
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        this.index = new SegmentIndex(segments, disk);
        CompactedFile compactedFile = new CompactedFile(segments, disk);
        this.rollups = new RollupReader(compactedFile, index);
        this.ledger = new Ledger(segments, disk, new SegmentWriter(segments, disk, segmentBytes), compactedFile, index, wholeBatches);
    }

    /**
     * Opens a store.
     *
     * @param segmentBytes the size beyond which a segment does not grow
     * @param disk the calls on files
     * @param wholeBatches false lets half an append be seen: the control of a test
     */
    static JsonStore open(Path directory, long segmentBytes, Disk disk, boolean wholeBatches) {
        JsonStore store = new JsonStore(directory, segmentBytes, disk, wholeBatches);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw store.segments.failed("open the store", new IOException("it is no folder"));
        }
        store.ledger.refresh();
        return store;
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        if (batch.isEmpty()) {
            return locked("append to", () -> {
                ledger.refresh();
                ledger.requireWritable();
                ledger.requireCurrent(token, ledger.highestToken());
                return ledger.view().tail().sequence();
            });
        }
        PendingAppend append = new PendingAppend(token, batch);
        pending.add(append);
        lock.lock();
        try {
            // Whoever had the lock before may have written it with its own.
            while (!append.done()) {
                appendPending();
            }
        } finally {
            lock.unlock();
        }
        return append.result();
    }

    private void appendPending() {
        List<PendingAppend> together = new ArrayList<>();
        long bytes = 0;
        for (PendingAppend next = pending.peek(); next != null && (together.isEmpty() || bytes + next.bytes() <= Math.min(MOST_AT_ONCE,
                segmentBytes / 2)); next = pending.peek()) {
            together.add(pending.remove());
            bytes += next.bytes();
        }
        try {
            requireOpen();
            ledger.alone("append to", () -> {
                ledger.append(together);
                return null;
            });
        } catch (IOException e) {
            together.forEach(append -> append.failUnlessDone(segments.failed("append to", e)));
        } catch (RuntimeException | Error e) {
            together.forEach(append -> append.failUnlessDone(e));
        }
    }

    /** A damaged store grants too: nothing is appended to it, but whoever has the workspace may put its files right. */
    @Override
    public FencingToken grant(FencingToken atLeast) {
        return locked("grant a token in", () -> new FencingToken(ledger.alone("grant a token in", () -> ledger.grant(atLeast.value()))));
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        while (true) {
            View view = view();
            Deque<StoredEvent> found = new ArrayDeque<>();
            try {
                // Outside the lock: what lies before the end changes only when a compaction puts other files in its place.
                Damage damage = new EventReader(segments, disk, index, query, view, found).read();
                if (damage == null) {
                    return List.copyOf(found);
                }
                if (isCurrent(view)) {
                    remember(damage);
                    throw segments.damaged(damage);
                }
            } catch (IOException e) {
                if (isCurrent(view)) {
                    throw segments.failed("read", e);
                }
            }
        }
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        if (query.subject().isPresent()) {
            return Store.super.rollup(query);
        }
        while (true) {
            TreeMap<Instant, Rollup> last = new TreeMap<>();
            View view = locked("read", () -> {
                ledger.refresh();
                requireWhole(ledger.view());
                ledger.digest().rollups().addTo(last, query);
                return ledger.view();
            });
            try {
                TreeMap<Instant, Rollup> pieces = rollups.read(view, query);
                if (pieces != null) {
                    last.forEach((start, rollup) -> pieces.merge(start, rollup, Rollup::plus));
                    return List.copyOf(pieces.values());
                }
                if (isCurrent(view)) {
                    throw segments.failed("read", new IOException("a segment has vanished"));
                }
            } catch (RecordReader.BrokenException e) {
                if (isCurrent(view)) {
                    throw segments.damaged(e.damage());
                }
            } catch (IOException e) {
                if (isCurrent(view)) {
                    throw segments.failed("read", e);
                }
            }
        }
    }

    private void requireWhole(View view) {
        Damage damage = view.tail().damage();
        if (damage != null) {
            throw segments.damaged(damage);
        }
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return locked("read", () -> {
            ledger.refresh();
            long token = ledger.highestToken();
            return token == 0 ? Optional.empty() : Optional.of(new FencingToken(token));
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private View view() {
        return locked("read", () -> {
            ledger.refresh();
            return ledger.view();
        });
    }

    /** Whether no compaction has come between. */
    private boolean isCurrent(View view) {
        return view().compacted().equals(view.compacted());
    }

    private void remember(Damage damage) {
        locked("read", () -> {
            ledger.remember(damage);
            return null;
        });
    }

    private <T> T locked(String what, Ledger.Work<T, RuntimeException> work) {
        lock.lock();
        try {
            requireOpen();
            return work.run();
        } catch (IOException e) {
            throw segments.failed(what, e);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + segments.directory() + ": the store is closed", null);
        }
    }
}
