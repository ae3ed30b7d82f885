package dev.autosync.core.secrets;

import java.util.Arrays;

/** Places of a text that are to be covered. Places that overlap or touch become one. For one thread. */
final class Covered {
    private static final String STARS = Redactor.COVER;

    /** Start in the upper half, end in the lower one, so that they sort by their start. */
    private long[] places = new long[8];
    private int count;

    void add(int start, int end) {
        if (count > 0 && start <= end(count - 1) && end >= end(count - 1)) {
            places[count - 1] = place(Math.min(start, start(count - 1)), end);
            return;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = place(start, end);
    }

    /** The text with stars in the places; the same object if there are none. */
    String cover(String text) {
        if (count == 0) {
            return text;
        }
        Arrays.sort(places, 0, count);
        StringBuilder covered = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < count;) {
            int start = start(i);
            int end = end(i);
            for (i++; i < count && start(i) <= end; i++) {
                end = Math.max(end, end(i));
            }
            covered.append(text, from, start).append(STARS);
            from = end;
        }
        return covered.append(text, from, text.length()).toString();
    }

    private int start(int index) {
        return (int) (places[index] >>> 32);
    }

    private int end(int index) {
        return (int) places[index];
    }

    private static long place(int start, int end) {
        return (long) start << 32 | end;
    }
}
