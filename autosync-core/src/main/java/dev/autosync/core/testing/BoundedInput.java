package dev.autosync.core.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is really read of a report: a file's size may change after it was asked for. */
final class BoundedInput extends FilterInputStream {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private long left = MOST_BYTES;

    BoundedInput(InputStream in) {
        super(in);
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
    }
}
