package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.LockException;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The store. Keeps only the end of the log in memory, and looks at the folder again before each use of it. */
final class JsonStore implements Store {
    /** Longer than any append takes that goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Segments segments;
    private final Disk disk;
    private final TokenFile tokens;
    private final TailReader tails;
    private final SegmentWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private Tail tail = Tail.empty();
    private boolean closed;

    private JsonStore(Path directory, long segmentBytes, Disk disk, boolean wholeBatches) {
        this.segments = new Segments(directory);
        this.disk = disk;
        this.tokens = new TokenFile(directory, disk);
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
            if (batch.isEmpty()) {
                refresh();
                check(token);
                return tail.sequence();
            }
            return alone("append to", () -> {
                check(token);
                tail = writer.append(tail, token, batch);
                return tail.sequence();
            });
        } catch (IOException e) {
            throw segments.failed("append to", e);
        } finally {
            lock.unlock();
        }
    }

    private void check(FencingToken token) throws IOException {
        requireForcedWrites("append to");
        if (tail.damage() != null) {
            throw segments.damaged(tail.damage());
        }
        long seen = highestToken();
        if (token.value() < seen) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN, "Cannot append to " + segments.directory() + " with token "
                    + token.value() + ": the store has seen " + seen + "; another engine has the workspace now", null);
        }
    }

    /** A damaged store grants too: nothing is appended to it, but whoever has the workspace may put its files right. */
    @Override
    public FencingToken grant(FencingToken atLeast) {
        lock.lock();
        try {
            return new FencingToken(alone("grant a token in", () -> {
                requireForcedWrites("grant a token in");
                long token = Math.max(atLeast.value(), Math.min(highestToken(), TokenFile.HIGHEST) + 1);
                if (token > TokenFile.HIGHEST) {
                    throw new StoreException(ErrorCode.STORE_FAILED, "Cannot grant a token in " + segments.directory()
                            + ": it would be above " + TokenFile.HIGHEST + ", which no history reaches; see who has appended with, or asked for,"
                            + " such a one", null);
                }
                tokens.write(token);
                return token;
            }));
        } catch (IOException e) {
            throw segments.failed("grant a token in", e);
        } finally {
            lock.unlock();
        }
    }

    private void requireForcedWrites(String what) {
        if (writer.failed()) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + ' ' + segments.directory()
                    + ": an earlier write could not be forced to the disk; open the store again", null);
        }
    }

    private long highestToken() throws IOException {
        return Math.max(tail.token(), tokens.read());
    }

    /** What is to be done while nobody else can write. */
    private interface Work {
        long run() throws IOException;
    }

    /** Looks at the folder and works on it, while nobody else can write: between a look and a write a process may be stopped for hours. */
    private long alone(String what, Work work) throws IOException {
        requireOpen();
        Path directory = segments.directory();
        if (!Files.isDirectory(directory)) {
            disk.createDirectories(directory);
        }
        Closeable others;
        try {
            others = disk.lock(segments.lock(), PATIENCE);
        } catch (LockException e) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + ' ' + directory + ": another process has held "
                    + segments.lock().getFileName() + " there for " + PATIENCE.toSeconds()
                    + " seconds, which no append takes; if it is stopped, let it go on or end it, then try again", e);
        }
        try {
            refresh();
            return work.run();
        } finally {
            closeQuietly(others);
        }
    }

    /** The lock is free whatever closing says, and the work is done. */
    private static void closeQuietly(Closeable held) {
        try {
            held.close();
        } catch (IOException e) {
            // Nothing to do: no write depends on it.
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
        lock.lock();
        try {
            refresh();
            long token = highestToken();
            return token == 0 ? Optional.empty() : Optional.of(new FencingToken(token));
        } catch (IOException e) {
            throw segments.failed("read", e);
        } finally {
            lock.unlock();
        }
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
        requireOpen();
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

    private void requireOpen() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + segments.directory() + ": the store is closed", null);
        }
    }

    private Tail gone() {
        return tail.damaged(new Tail.Damage(tail.segment(), Math.max(1, tail.lines()), "the events up to here are gone"));
    }
}
