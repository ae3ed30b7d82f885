package dev.autosync.store.json;

import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the files of a compaction. Nobody reads from them before the compaction has named them; closed before that, it removes them. */
final class PartWriter implements AutoCloseable {
    private static final byte[] LINE_END = {'\n'};

    private final Segments segments;
    private final Disk disk;
    private final int generation;
    private final long partBytes;
    private final List<Compacted.Part> parts = new ArrayList<>();
    private final List<SegmentFile> written = new ArrayList<>();
    private @Nullable Open open;
    private boolean kept;

    /** A file that is being written. */
    private record Open(SegmentFile name, RandomAccessFile file, BlockWriter out, Digest digest) {}

    PartWriter(Segments segments, Disk disk, int generation, long partBytes) {
        this.segments = segments;
        this.disk = disk;
        this.generation = generation;
        this.partBytes = partBytes;
    }

    /** What comes now has the place of a segment: goes on with the file that is open unless that is large enough. */
    void at(int number) throws IOException {
        if (open != null && open.out().length() < partBytes / 2) {
            return;
        }
        end();
        SegmentFile name = new SegmentFile(number, generation);
        if (written.contains(name)) {
            throw new IllegalStateException(name.name() + " is written already");
        }
        written.add(name);
        RandomAccessFile file = disk.open(segments.path(name));
        open = new Open(name, file, new BlockWriter(disk, file), new Digest());
    }

    /** Whether the file that is open has reached the size of a segment. */
    boolean full() {
        return open != null && open.out().length() >= partBytes;
    }

    void add(StoredEvent event, byte[] line, int length) throws IOException {
        Open to = Objects.requireNonNull(open);
        to.out().add(line, length);
        to.out().add(LINE_END, 1);
        to.digest().add(event, to.out().length());
    }

    /** Ends the file that is open, durably but for its name. */
    void end() throws IOException {
        Open last = open;
        if (last == null) {
            return;
        }
        open = null;
        try (RandomAccessFile file = last.file()) {
            last.out().flush();
            // A process that died may have left a longer one under this name.
            disk.truncate(file, last.out().length());
            disk.force(file);
        }
        if (last.digest().events() == 0) {
            Files.deleteIfExists(segments.path(last.name()));
            return;
        }
        parts.add(new Compacted.Part(last.name(), last.digest().facts()));
    }

    /** A file that stays as it is, behind those that were written. */
    void keep(SegmentFile file, Facts facts) throws IOException {
        end();
        parts.add(new Compacted.Part(file, facts));
    }

    /** All files in their order; none may be open. */
    List<Compacted.Part> parts() {
        if (open != null) {
            throw new IllegalStateException(open.name().name() + " is not written to its end");
        }
        return List.copyOf(parts);
    }

    /** From now on the files are named by the compaction. */
    void named() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.file().close();
        }
        if (!kept) {
            for (SegmentFile file : written) {
                Files.deleteIfExists(segments.path(file));
            }
        }
    }
}
