package dev.autosync.core.text;

import java.util.Arrays;

/**
 * Bytes split into lines, each with its terminator, so that the lines put together are the bytes again.
 *
 * <p>A line ends after {@code \n}; {@code \r\n} is one terminator; a lone {@code \r} is part of the line, as in git. The last line
 * may have no terminator. Nothing is decoded: any byte may stand in a line. Lines are counted from 0.
 *
 * <p>Cost: one pass, four bytes for each line. Threads: immutable as long as nobody changes the bytes, which are not copied.
 */
public final class Lines {
    private final byte[] bytes;
    private final int[] ends;

    private Lines(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Splits bytes.
     *
     * @param bytes any bytes; not copied
     * @return their lines; none if there are no bytes
     */
    public static Lines of(byte[] bytes) {
        int[] ends = new int[count(bytes)];
        int line = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                ends[line++] = i + 1;
            }
        }
        if (line < ends.length) {
            ends[line] = bytes.length;
        }
        return new Lines(bytes, ends);
    }

    /**
     * Counts lines without keeping anything, for a limit that is checked before memory is taken.
     *
     * @param bytes any bytes
     * @return how many lines {@link #of} would give
     */
    public static int count(byte[] bytes) {
        int lines = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                lines++;
            }
        }
        return bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? lines + 1 : lines;
    }

    /**
     * How many lines there are.
     *
     * @return 0 or more
     */
    public int count() {
        return ends.length;
    }

    /**
     * The bytes that were split.
     *
     * @return the array itself, not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where a line starts.
     *
     * @param line 0 to {@link #count()}; the count itself gives the end of the bytes
     * @return an offset into {@link #bytes()}
     */
    public int start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    /**
     * Where a line ends, its terminator included.
     *
     * @param line 0 to {@link #count()} - 1
     * @return the offset after its last byte
     */
    public int end(int line) {
        return ends[line];
    }

    /**
     * Where the text of a line ends, its terminator left out.
     *
     * @param line 0 to {@link #count()} - 1
     * @return the offset of {@code \n} or {@code \r\n}, or the end of the bytes
     */
    public int textEnd(int line) {
        return textEnd(bytes, start(line), ends[line]);
    }

    /**
     * Where the text of one line ends within other bytes.
     *
     * @param bytes the bytes
     * @param from where the line starts
     * @param to where it ends, its terminator included
     * @return the offset of {@code \n} or {@code \r\n}, or {@code to}
     */
    public static int textEnd(byte[] bytes, int from, int to) {
        if (to == from || bytes[to - 1] != '\n') {
            return to;
        }
        return to - 1 > from && bytes[to - 2] == '\r' ? to - 2 : to - 1;
    }

    /**
     * Whether a line has a terminator; only the last one may have none.
     *
     * @param line 0 to {@link #count()} - 1
     * @return true if it ends in {@code \n}
     */
    public boolean isTerminated(int line) {
        return bytes[ends[line] - 1] == '\n';
    }

    /**
     * Whether a line ends in {@code \r\n}.
     *
     * @param line 0 to {@link #count()} - 1
     * @return false for {@code \n} alone and for no terminator
     */
    public boolean isCrLf(int line) {
        return ends[line] - textEnd(line) == 2;
    }

    /**
     * A line.
     *
     * @param line 0 to {@link #count()} - 1
     * @return a copy, its terminator included
     */
    public byte[] line(int line) {
        return Arrays.copyOfRange(bytes, start(line), ends[line]);
    }
}
