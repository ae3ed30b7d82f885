package dev.autosync.bench;

import dev.autosync.core.snapshot.ContentSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends all contents to one file, each after its hash and its length, and forces it once. */
final class AppendingSink implements ContentSink, Closeable {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2 * MAX_IN_MEMORY);

    AppendingSink(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void take(byte[] sha256, byte[] content, int length) throws IOException {
        begin(sha256, length);
        buffer.put(content, 0, length);
    }

    @Override
    public synchronized void takeLarge(byte[] sha256, Path file, long size) throws IOException {
        begin(sha256, size);
        write();
        try (FileChannel from = FileChannel.open(file)) {
            for (long at = 0; at < size;) {
                long moved = from.transferTo(at, size - at, channel);
                if (moved == 0) {
                    throw new IOException(file + " has shrunk");
                }
                at += moved;
            }
        }
    }

    private void begin(byte[] sha256, long size) throws IOException {
        if (buffer.remaining() < sha256.length + Long.BYTES + Math.min(size, MAX_IN_MEMORY)) {
            write();
        }
        buffer.put(sha256).putLong(size);
    }

    private void write() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Makes durable what was taken; nothing happens if nothing was. */
    synchronized void force() throws IOException {
        if (buffer.position() > 0) {
            write();
            channel.force(false);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
