package dev.autosync.core.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log in a file. Not a channel, which an interrupt would close.
 *
 * <p>When a force has failed nobody knows which bytes are durable, and the next force would say that all are: it is refused.
 */
final class RealLog implements AppendLog {
    private final Path file;
    private final RandomAccessFile raw;
    private boolean failed;

    private RealLog(Path file, RandomAccessFile raw) {
        this.file = file;
        this.raw = raw;
    }

    static RealLog open(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FilePort.NotRegularException(file + " is a symbolic link");
        }
        RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw");
        raw.seek(raw.length());
        return new RealLog(file, raw);
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        raw.write(bytes);
    }

    @Override
    public void force() throws IOException {
        if (failed) {
            throw new IOException("Cannot force " + file + ": that has failed before, and a second time would prove nothing");
        }
        try {
            raw.getFD().sync();
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        raw.setLength(length);
        raw.seek(length);
        force();
    }

    @Override
    public long length() throws IOException {
        return raw.length();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
