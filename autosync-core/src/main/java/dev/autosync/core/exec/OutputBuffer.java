package dev.autosync.core.exec;

import dev.autosync.exec.CapturedOutput;
import java.util.Arrays;

/**
 * The beginning and the end of a stream in bounded memory; all bytes are counted.
 *
 * <p>Memory grows with what was printed up to the two bounds, so that a quiet child costs next to nothing. Threads: safe.
 */
final class OutputBuffer {
    private static final int FIRST_BYTES = 8 * 1024;

    private final int headLimit;
    private final int tailLimit;
    private byte[] head = new byte[0];
    private byte[] ring = new byte[0];
    private long total;

    OutputBuffer(int headLimit, int tailLimit) {
        this.headLimit = headLimit;
        this.tailLimit = tailLimit;
    }

    synchronized void append(byte[] block, int length) {
        int room = (int) Math.max(0, Math.min(length, headLimit - total));
        if (room > 0) {
            int used = (int) total;
            head = grown(head, used + room, headLimit);
            System.arraycopy(block, 0, head, used, room);
        }
        int skipped = Math.max(0, length - tailLimit);
        ring = grown(ring, (int) Math.min(total + length, tailLimit), tailLimit);
        // The ring is a plain prefix until it has its full size; only then does the position wrap.
        int at = (int) ((total + skipped) % tailLimit);
        int first = Math.min(length - skipped, tailLimit - at);
        System.arraycopy(block, skipped, ring, at, first);
        System.arraycopy(block, skipped + first, ring, 0, length - skipped - first);
        total += length;
    }

    synchronized CapturedOutput captured() {
        byte[] start = Arrays.copyOf(head, (int) Math.min(total, headLimit));
        byte[] end;
        if (total <= tailLimit) {
            end = Arrays.copyOf(ring, (int) total);
        } else {
            int oldest = (int) (total % tailLimit);
            end = new byte[tailLimit];
            System.arraycopy(ring, oldest, end, 0, tailLimit - oldest);
            System.arraycopy(ring, 0, end, tailLimit - oldest, oldest);
        }
        return CapturedOutput.of(start, end, total);
    }

    private static byte[] grown(byte[] array, int needed, int limit) {
        if (needed <= array.length) {
            return array;
        }
        int doubled = (int) Math.min(limit, Math.max(FIRST_BYTES, 2L * array.length));
        return Arrays.copyOf(array, Math.max(needed, doubled));
    }
}
