package dev.autosync.core.exec;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** All that a run prints, in a file that does not grow beyond its bound. Threads: safe. */
final class SpillFile implements Closeable {
    private final OutputStream out;
    private final long maxBytes;
    private long written;
    private String failure = "";
    private boolean closed;

    private SpillFile(OutputStream out, long maxBytes) {
        this.out = out;
        this.maxBytes = maxBytes;
    }

    static SpillFile open(Path file, long maxBytes) throws IOException {
        // Only readers write to it, and nobody interrupts those: an interrupt would close the channel.
        return new SpillFile(Channels.newOutputStream(FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS))), maxBytes);
    }

    synchronized void append(byte[] block, int length) {
        int fits = (int) Math.min(length, maxBytes - written);
        if (closed || fits <= 0 || !failure.isEmpty()) {
            return;
        }
        try {
            out.write(block, 0, fits);
            written += fits;
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    synchronized long written() {
        return written;
    }

    synchronized String failure() {
        return failure;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException e) {
            if (failure.isEmpty()) {
                failure = String.valueOf(e.getMessage());
            }
        }
    }
}
