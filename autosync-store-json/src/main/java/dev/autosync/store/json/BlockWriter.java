package dev.autosync.store.json;

import java.io.IOException;
import java.io.RandomAccessFile;

/** Writes a file from its beginning, a block at a time. */
final class BlockWriter {
    private static final int BLOCK = 1 << 16;

    private final Disk disk;
    private final RandomAccessFile file;
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long written;

    BlockWriter(Disk disk, RandomAccessFile file) {
        this.disk = disk;
        this.file = file;
    }

    void add(byte[] bytes, int length) throws IOException {
        if (filled + length > BLOCK) {
            flush();
        }
        if (length > BLOCK) {
            disk.write(file, written, bytes, length);
            written += length;
            return;
        }
        System.arraycopy(bytes, 0, block, filled, length);
        filled += length;
    }

    void flush() throws IOException {
        if (filled > 0) {
            disk.write(file, written, block, filled);
            written += filled;
            filled = 0;
        }
    }

    /** How long the file is with all that was added. */
    long length() {
        return written + filled;
    }
}
