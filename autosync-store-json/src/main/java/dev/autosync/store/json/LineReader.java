package dev.autosync.store.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a segment into lines, up to a given end. Reads ahead by one block at most. */
final class LineReader implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private long left;
    private int position;
    private int filled;

    private byte[] line = new byte[512];
    private int length;
    private boolean terminated;
    private long end;
    private long number;

    /**
     * A reader.
     *
     * @param in where the first line begins; closed by {@link #close}
     * @param from the offset of that in its file
     * @param to the offset at which to stop
     * @param linesBefore how many lines there are before it
     */
    LineReader(InputStream in, long from, long to, long linesBefore) {
        this.in = in;
        this.left = to - from;
        this.end = from;
        this.number = linesBefore;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        terminated = false;
        while (!terminated && (position < filled || fill())) {
            int start = position;
            while (position < filled && block[position] != '\n') {
                position++;
            }
            keep(start, position - start);
            if (position < filled) {
                position++;
                terminated = true;
            }
        }
        if (length == 0 && !terminated) {
            return false;
        }
        end += length + (terminated ? 1 : 0);
        number++;
        return true;
    }

    private boolean fill() throws IOException {
        int read = in.read(block, 0, (int) Math.min(BLOCK, left));
        if (read <= 0) {
            return false;
        }
        left -= read;
        position = 0;
        filled = read;
        return true;
    }

    private void keep(int start, int count) throws IOException {
        if (line.length - length < count) {
            if (length + (long) count > Integer.MAX_VALUE - 8) {
                throw new IOException("line " + (number + 1) + " is longer than 2 GiB");
            }
            line = Arrays.copyOf(line, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * line.length, length + (long) count)));
        }
        System.arraycopy(block, start, line, length, count);
        length += count;
    }

    /** The line's bytes from index 0 on, without the line end; overwritten by the next line. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** Whether the line has its line end. */
    boolean terminated() {
        return terminated;
    }

    /** The offset behind the line and its line end. */
    long end() {
        return end;
    }

    /** The line's number, from 1 on. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
