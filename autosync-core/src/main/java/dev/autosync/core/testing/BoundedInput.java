package dev.autosync.core.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is really read of a report, and of all of a run: a file's size may change after it was asked for. */
final class BoundedInput extends FilterInputStream {
    /** The most bytes of all reports of a run together. */
    static final long MOST_BYTES_OF_ALL = 1024L * 1024 * 1024;

    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final AtomicLong leftOfAll;
    private long left = MOST_BYTES;

    /** @param leftOfAll how many bytes may still be read of all reports of the run */
    BoundedInput(InputStream in, AtomicLong leftOfAll) {
        super(in);
        this.leftOfAll = leftOfAll;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        take(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        take(Math.max(0, n));
        return n;
    }

    private void take(int n) throws IOException {
        left -= n;
        if (left < 0) {
            throw new IOException("larger than " + MOST_BYTES / (1024 * 1024) + " MiB");
        }
        if (leftOfAll.addAndGet(-n) < 0) {
            throw new IOException("with the others larger than " + MOST_BYTES_OF_ALL / (1024 * 1024) + " MiB");
        }
    }
}
