package dev.autosync.core.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of XML in which a question mark, or a space where that would begin an instruction, stands for each control character that XML forbids. Several tools write those of a test's name or message as they
 * are, colours of a terminal for instance, and nothing else is wrong with their reports.
 *
 * <p>Reads UTF-8 and what has ASCII in it; UTF-16, known by its first two bytes, is left as it is. Threads: for one thread.
 */
final class WithoutControls extends FilterInputStream {
    private int seen;
    private boolean wide;
    private byte last;

    WithoutControls(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        return b < 0 ? b : cleaned((byte) b) & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        for (int i = offset; i < offset + n; i++) {
            bytes[i] = cleaned(bytes[i]);
        }
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private byte cleaned(byte b) {
        if (seen < 2) {
            seen++;
            wide |= b == 0 || b == (byte) 0xFE || b == (byte) 0xFF;
        }
        byte before = last;
        last = b;
        if (wide || b < 0 || b >= ' ' || b == '\t' || b == '\n' || b == '\r') {
            return b;
        }
        return (byte) (before == '<' ? ' ' : '?');
    }
}
