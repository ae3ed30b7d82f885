package dev.autosync.core.snapshot;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes to one segment. What was not sealed can be cut again; after a write that failed nothing more is written to it. For one thread at a time.
 */
final class PackWriter {
    private static final int OWNER_ONLY = 0600;
    private static final int BUFFER = 256 << 10;

    private final FilePort files;
    private final Segment segment;
    private final byte[] buffer = new byte[BUFFER];
    private final List<Seal.Content> contents = new ArrayList<>();
    private final List<byte[]> manifests = new ArrayList<>();
    private AppendLog log;
    private int filled;
    private long length = Segment.HEADER;
    private long start = Segment.HEADER;
    private boolean named;
    private boolean broken;

    /** Asked before bytes are written whether there is room for them. */
    interface Room {
        void check(long bytes) throws IOException;
    }

    private Room room = bytes -> { };

    private PackWriter(FilePort files, Segment segment, AppendLog log) {
        this.files = files;
        this.segment = segment;
        this.log = log;
    }

    /** Begins a segment. What files hold is nobody else's to read: it is the owner's alone. */
    static PackWriter create(FilePort files, Path file, long number) throws IOException {
        try {
            files.create(file, new FileImage(Segment.header(number), OWNER_ONLY));
            return new PackWriter(files, new Segment(file, number), files.openLog(file));
        } catch (IOException e) {
            try {
                files.delete(file);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    Segment segment() {
        return segment;
    }

    /** Sets who is asked before bytes are written. */
    void room(Room asked) {
        this.room = asked;
    }

    /** How many bytes the segment has, those that are not written yet included. */
    long length() {
        return length;
    }

    /** Whether it holds something that was not sealed. */
    boolean dirty() {
        return length > start || !contents.isEmpty();
    }

    boolean usable() {
        return !broken;
    }

    /**
     * Appends a part of a content.
     *
     * @return where it begins
     */
    long part(byte[] head, byte[] data, int dataLength) throws IOException {
        long at = length;
        record(PackFrame.PART, head, data, dataLength);
        return at;
    }

    /** Names a content whose parts were appended, or that git keeps. */
    void content(Seal.Content content) {
        contents.add(content);
    }

    /** Adds a manifest to the next seal. */
    void manifest(byte[] manifest) {
        manifests.add(manifest);
    }

    /**
     * Ends what was appended, and makes it durable.
     *
     * @return the seal as it stands in the segment
     */
    Seal.Found seal(long sequence, List<Long> kept) throws IOException {
        long at = length;
        byte[] payload = new Seal(sequence, start, kept, contents, manifests).encode(segment.number(), at);
        record(PackFrame.SEAL, new byte[0], payload, payload.length);
        try {
            flush();
            log.force();
            if (!named) {
                files.forceFolder(parent());
                named = true;
            }
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        start = length;
        contents.clear();
        manifests.clear();
        return Seal.decode(payload, segment.number(), at);
    }

    private Path parent() {
        Path parent = segment.file().getParent();
        if (parent == null) {
            throw new IllegalStateException(segment.file() + " lies in no folder");
        }
        return parent;
    }

    private void record(byte type, byte[] head, byte[] data, int dataLength) throws IOException {
        if (broken) {
            throw new IOException("a write to " + segment.file() + " has failed before");
        }
        byte[] header = PackFrame.header(type, head, data, dataLength);
        try {
            put(header, header.length);
            put(head, head.length);
            put(data, dataLength);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private void put(byte[] bytes, int count) throws IOException {
        int from = 0;
        while (from < count) {
            int some = Math.min(count - from, BUFFER - filled);
            System.arraycopy(bytes, from, buffer, filled, some);
            filled += some;
            from += some;
            length += some;
            if (filled == BUFFER) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        if (filled > 0) {
            room.check(filled);
            log.append(filled == BUFFER ? buffer : Arrays.copyOf(buffer, filled));
            filled = 0;
        }
    }

    /**
     * Takes away what was not sealed. A segment that nothing was ever sealed in is deleted.
     *
     * @throws IOException if that fails; then it is found and taken away when the packs are opened
     */
    void cut() throws IOException {
        boolean wasDirty = dirty() || broken;
        contents.clear();
        manifests.clear();
        filled = 0;
        length = start;
        if (wasDirty && start > Segment.HEADER) {
            try {
                log.truncate(start);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        } else if (wasDirty) {
            broken = true;
            log.close();
            files.delete(segment.file());
        }
    }

    /** Ends the use of the segment. */
    void close() {
        broken = true;
        try {
            log.close();
        } catch (IOException e) {
            // Everything that counts was forced before.
            return;
        }
    }
}
