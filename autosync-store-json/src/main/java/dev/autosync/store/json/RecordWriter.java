package dev.autosync.store.json;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file beside the events, first under another name, and puts it in its place when it is whole. */
final class RecordWriter implements AutoCloseable {
    private final Disk disk;
    private final Path draft;
    private final RandomAccessFile file;
    private final BlockWriter out;
    private long lines;
    private boolean placed;

    RecordWriter(Disk disk, Path target) throws IOException {
        this.disk = disk;
        this.draft = draft(target);
        this.file = disk.open(draft);
        this.out = new BlockWriter(disk, file);
    }

    static Path draft(Path target) {
        return target.resolveSibling(target.getFileName() + ".tmp");
    }

    void add(CharSequence members) throws IOException {
        lines++;
        byte[] line = Records.line(lines, members);
        out.add(line, line.length);
    }

    /** Puts the file in its place; {@code durable} forces it before. */
    void place(Path target, boolean durable) throws IOException {
        out.flush();
        // A process that died here may have left a longer one.
        disk.truncate(file, out.length());
        if (durable) {
            disk.force(file);
        }
        file.close();
        disk.rename(draft, target);
        placed = true;
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (!placed) {
            Files.deleteIfExists(draft);
        }
    }
}
