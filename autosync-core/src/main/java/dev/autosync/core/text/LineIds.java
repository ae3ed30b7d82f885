package dev.autosync.core.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives equal lines equal numbers, so that lines of several files can be compared as ints without a collision ever counting.
 *
 * <p>Numbers are 0, 1, 2 and so on in the order of first sight. Cost: each byte is read once or twice; lines made to share a hash
 * cost a logarithm more, not a quadratic amount, because keys have an order and {@link HashMap} then keeps a tree. Threads: confine.
 */
public final class LineIds {
    private final Map<Key, Integer> ids = new HashMap<>();

    /** Knows no line yet. */
    public LineIds() {}

    /**
     * The number of a line.
     *
     * @param bytes where the line is; kept, not copied, so it must not change
     * @param from its first byte
     * @param to after its last byte
     * @return 0 or more
     */
    public int of(byte[] bytes, int from, int to) {
        Key key = new Key(bytes, from, to);
        Integer known = ids.putIfAbsent(key, ids.size());
        return known == null ? ids.size() - 1 : known;
    }

    /**
     * The numbers of all lines, terminators included.
     *
     * @param lines the lines
     * @return one number for each
     */
    public int[] of(Lines lines) {
        int[] result = new int[lines.count()];
        for (int i = 0; i < result.length; i++) {
            result[i] = of(lines.bytes(), lines.start(i), lines.end(i));
        }
        return result;
    }

    private static final class Key implements Comparable<Key> {
        private final byte[] bytes;
        private final int from;
        private final int to;
        private final int hash;

        Key(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
            int h = 1;
            for (int i = from; i < to; i++) {
                h = 31 * h + bytes[i];
            }
            this.hash = h;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && k.hash == hash && Arrays.equals(bytes, from, to, k.bytes, k.from, k.to);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key k) {
            return Arrays.compare(bytes, from, to, k.bytes, k.from, k.to);
        }
    }
}
