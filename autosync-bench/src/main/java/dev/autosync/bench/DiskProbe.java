package dev.autosync.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;

/** What the disk takes for the smallest durable write: 4 KiB appended and forced. */
public final class DiskProbe implements Closeable {
    private final RandomAccessFile file;
    private final byte[] block = new byte[4096];

    public DiskProbe(Path file) throws IOException {
        this.file = new RandomAccessFile(file.toFile(), "rw");
    }

    public Duration force() throws IOException {
        long start = System.nanoTime();
        file.write(block);
        file.getFD().sync();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
