package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The store. Keeps only the end of the log in memory, and looks at the folder again before each use of it. */
final class JsonStore implements Store {
    private final Segments segments;
    private final Disk disk;
    private final TailReader tails;
    private final SegmentWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private Tail tail = Tail.empty();
    private boolean closed;

    private JsonStore(Path directory, long segmentBytes, Disk disk, boolean wholeBatches) {
        this.segments = new Segments(directory);
        this.disk = disk;
        this.tails = new TailReader(segments, disk, wholeBatches);
        this.writer = new SegmentWriter(segments, disk, segmentBytes);
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
        store.refresh();
        return store;
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        lock.lock();
        try {
            refresh();
            if (writer.failed()) {
                throw new StoreException(ErrorCode.STORE_FAILED, "Cannot append to " + segments.directory()
                        + ": an earlier write could not be forced to the disk; open the store again", null);
            }
            if (tail.damage() != null) {
                throw segments.damaged(tail.damage());
            }
            if (token.value() < tail.token()) {
                throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot append to " + segments.directory() + " with token "
                        + token.value() + ": the store has seen " + tail.token() + "; another engine has the workspace now", null);
            }
            if (!batch.isEmpty()) {
                tail = writer.append(tail, token, batch);
            }
            return tail.sequence();
        } catch (IOException e) {
            throw segments.failed("append to", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        Tail end = tail();
        Deque<StoredEvent> found = new ArrayDeque<>();
        try {
            // Outside the lock: what lies before the end never changes.
            Tail.Damage damage = new EventReader(segments, disk).read(query, end, found);
            if (damage != null) {
                remember(damage);
                throw segments.damaged(damage);
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw segments.failed("read", e);
        }
    }

    @Override
    public Optional<FencingToken> lastToken() {
        long token = tail().token();
        return token == 0 ? Optional.empty() : Optional.of(new FencingToken(token));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private Tail tail() {
        lock.lock();
        try {
            refresh();
            return tail;
        } finally {
            lock.unlock();
        }
    }

    private void remember(Tail.Damage damage) {
        lock.lock();
        try {
            tail = tail.damage() == null ? tail.damaged(damage) : tail;
        } finally {
            lock.unlock();
        }
    }

    /** Sees what another store object has appended since. Two calls for attributes of files when there is nothing new. */
    private void refresh() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + segments.directory() + ": the store is closed", null);
        }
        if (tail.damage() != null || writer.failed()) {
            return;
        }
        try {
            if (tail.segment() == 0 || Files.exists(segments.path(tail.segment() + 1))) {
                Tail found = tails.find();
                tail = found.sequence() >= tail.sequence() || found.damage() != null ? found : gone();
            } else if (tail.torn() || Files.size(segments.path(tail.segment())) != tail.end()) {
                tail = tails.readOn(tail);
            }
        } catch (NoSuchFileException e) {
            tail = gone();
        } catch (IOException e) {
            throw segments.failed("read", e);
        }
    }

    private Tail gone() {
        return tail.damaged(new Tail.Damage(tail.segment(), Math.max(1, tail.lines()), "the events up to here are gone"));
    }
}
