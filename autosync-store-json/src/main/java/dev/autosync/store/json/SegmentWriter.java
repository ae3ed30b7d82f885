package dev.autosync.store.json;

import dev.autosync.spi.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Lets nothing more be written. */
    void fail() {
        failed = true;
    }

    /** Appends in one forced write; the new end, when it is durable. */
    Written append(Tail tail, List<PendingAppend> appends) throws IOException {
        Lines lines = Lines.of(tail.sequence(), appends);
        if (tail.torn()) {
            moveTornEnd(tail);
        }
        boolean full = tail.end() > 0 && tail.end() + lines.size() > segmentBytes;
        Tail start = full ? tail.startOf(tail.segment() + 1) : tail;
        RandomAccessFile file = disk.open(segments.path(start.file()));
        try {
            write(file, start.end(), lines);
        } finally {
            closeQuietly(file);
        }
        Tail end = new Tail(start.segment(), start.end() + lines.size(), start.lines() + lines.events().size(),
                tail.sequence() + lines.events().size(), appends.get(appends.size() - 1).token().value(), false, null);
        return new Written(end, start.end(), lines);
    }

    private void write(RandomAccessFile file, long at, Lines lines) throws IOException {
        boolean written = false;
        try {
            disk.write(file, at, lines.bytes(), lines.size());
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
    void moveTornEnd(Tail tail) throws IOException {
        Path segment = segments.path(tail.file());
        Path copy = segments.free(tail.file(), ".torn");
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

    /**
     * What was appended.
     *
     * @param tail the new end
     * @param at where it begins
     * @param lines its lines
     */
    record Written(Tail tail, long at, Lines lines) {

        void addTo(Digest digest) {
            for (int i = 0; i < lines.events().size(); i++) {
                digest.add(lines.events().get(i), at + lines.ends().get(i));
            }
        }
    }

    /** The lines of some appends, the events in them, and where each ends. */
    private record Lines(byte[] bytes, int size, List<StoredEvent> events, List<Integer> ends) {

        static Lines of(long before, List<PendingAppend> appends) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            List<StoredEvent> events = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            for (PendingAppend append : appends) {
                long first = before + events.size() + 1;
                long last = before + events.size() + append.events().size();
                for (int i = 0; i < append.events().size(); i++) {
                    StoredEvent event = new StoredEvent(first + i, append.token(), append.events().get(i));
                    lines.writeBytes(new Line(event, first, last, before + 1).encode(append.bodies().get(i)));
                    lines.write('\n');
                    events.add(event);
                    ends.add(lines.size());
                }
            }
            return new Lines(lines.toByteArray(), lines.size(), events, ends);
        }
    }
}
