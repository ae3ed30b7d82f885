package dev.autosync.store.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Finds lines in a segment without reading it: its lines are in the order of their sequence numbers. */
final class SegmentSeek {
    private static final int LONGEST_BEGIN = 40;
    /** Less is read from its beginning. */
    private static final int NEAR = 1 << 14;
    private static final int STEP = 1 << 10;

    private final Segments segments;
    private final Disk disk;

    SegmentSeek(Segments segments, Disk disk) {
        this.segments = segments;
        this.disk = disk;
    }

    /** What a line says of its number, unchecked; 0 if it does not say. */
    long claimed(SegmentFile file, long start) throws IOException {
        try (InputStream in = disk.read(segments.path(file), start)) {
            byte[] begin = in.readNBytes(LONGEST_BEGIN);
            return Frame.claimedSequence(begin, begin.length);
        }
    }

    /**
     * The start of a line not far before the first event behind a number, or of that line. What lines say of their numbers is taken on trust:
     * who reads on from there checks it.
     */
    long before(SegmentFile file, long end, long after) throws IOException {
        long low = 0;
        long high = end;
        while (high - low > NEAR) {
            long middle = lineStart(file, low + (high - low) / 2, high);
            if (middle >= high) {
                high = low + (high - low) / 2;
                continue;
            }
            long claimed = claimed(file, middle);
            if (claimed == 0) {
                return low;
            }
            if (claimed <= after + 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The start of the first line that begins at or behind an offset; {@code end} if none does before it. */
    long lineStart(SegmentFile file, long offset, long end) throws IOException {
        if (offset == 0) {
            return 0;
        }
        try (InputStream in = disk.read(segments.path(file), offset - 1)) {
            byte[] block = new byte[STEP];
            for (long at = offset - 1; at < end;) {
                int read = in.read(block);
                if (read <= 0) {
                    return end;
                }
                for (int i = 0; i < read; i++) {
                    if (block[i] == '\n') {
                        return Math.min(end, at + i + 1);
                    }
                }
                at += read;
            }
            return end;
        }
    }

    /** How many lines there are before an offset. */
    long lines(SegmentFile file, long offset) throws IOException {
        long lines = 0;
        try (InputStream in = disk.read(segments.path(file), 0)) {
            byte[] block = new byte[1 << 16];
            for (long left = offset; left > 0;) {
                int read = in.read(block, 0, (int) Math.min(block.length, left));
                if (read <= 0) {
                    return lines;
                }
                for (byte b : Arrays.copyOf(block, read)) {
                    lines += b == '\n' ? 1 : 0;
                }
                left -= read;
            }
        }
        return lines;
    }
}
