package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes behind the end of the log, durably, or takes it back. */
final class SegmentWriter {
    private static final int BLOCK = 1 << 16;

    private final Segments segments;
    private final Disk disk;
    private final long segmentBytes;
    private boolean failed;

    SegmentWriter(Segments segments, Disk disk, long segmentBytes) {
        this.segments = segments;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Whether a write could neither be forced nor taken back for sure. To try again would be wrong: a forced write that failed has
     * dropped the pages, and the next one succeeds without them.
     */
    boolean failed() {
        return failed;
    }

    /** Appends events as one batch; the new end, when it is durable. */
    Tail append(Tail tail, FencingToken token, List<Event> events) throws IOException {
        Batch batch = Batch.of(tail.sequence(), token, events);
        if (tail.torn()) {
            moveTornEnd(tail);
        }
        boolean full = tail.end() > 0 && tail.end() + batch.size() > segmentBytes;
        Tail start = tail.segment() == 0 || full ? tail.startOf(tail.segment() + 1) : tail;
        RandomAccessFile file = disk.open(segments.path(start.segment()));
        try {
            write(file, start.end(), batch);
        } finally {
            closeQuietly(file);
        }
        return new Tail(start.segment(), start.end() + batch.size(), start.lines() + events.size(), tail.sequence() + events.size(),
                token.value(), false, null);
    }

    private void write(RandomAccessFile file, long at, Batch batch) throws IOException {
        boolean written = false;
        try {
            disk.write(file, at, batch.bytes(), batch.size());
            written = true;
            disk.force(file);
            if (at == 0) {
                disk.forceDirectory(segments.directory());
            }
        } catch (IOException | RuntimeException | Error e) {
            failed |= written;
            takeBack(file, at, e);
            throw e;
        }
    }

    private void takeBack(RandomAccessFile file, long length, Throwable cause) {
        try {
            disk.truncate(file, length);
            if (!failed) {
                disk.force(file);
            }
        } catch (IOException e) {
            failed = true;
            cause.addSuppressed(e);
        }
    }

    /** Keeps what a crash left behind the end in a file of its own before it is cut off. A crash in between does it twice. */
    private void moveTornEnd(Tail tail) throws IOException {
        Path segment = segments.path(tail.segment());
        Path copy = segments.torn(tail.segment());
        boolean copied = false;
        boolean durable = false;
        RandomAccessFile torn = disk.open(copy);
        try (InputStream in = disk.read(segment, tail.end())) {
            byte[] block = new byte[BLOCK];
            long at = 0;
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                disk.write(torn, at, block, read);
                at += read;
            }
            copied = true;
            disk.force(torn);
            disk.forceDirectory(segments.directory());
            durable = true;
        } finally {
            failed |= copied && !durable;
            closeQuietly(torn);
            if (!durable) {
                // A full disk would otherwise collect a part of the same bytes with every attempt.
                Files.deleteIfExists(copy);
            }
        }
        RandomAccessFile file = disk.open(segment);
        boolean done = false;
        try {
            disk.truncate(file, tail.end());
            disk.force(file);
            done = true;
        } finally {
            failed |= !done;
            closeQuietly(file);
        }
    }

    /** What is durable stays so, and what was taken back too, whatever closing says. */
    private static void closeQuietly(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing to do: the forced write before it has answered already.
        }
    }

    /** The lines of one append. */
    private record Batch(byte[] bytes, int size) {

        static Batch of(long before, FencingToken token, List<Event> events) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            long sequence = before;
            for (Event event : events) {
                sequence++;
                lines.writeBytes(new Line(new StoredEvent(sequence, token, event), before + 1, before + events.size()).encode());
                lines.write('\n');
            }
            return new Batch(lines.toByteArray(), lines.size());
        }
    }
}
