package dev.autosync.exec;

import java.nio.charset.StandardCharsets;

/**
 * What is kept of a stream: its beginning, its end, and how much there was.
 *
 * <p>Untrusted bytes of the child: control characters and all. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class CapturedOutput {
    private static final CapturedOutput NONE = new CapturedOutput(new byte[0], new byte[0], 0);

    private final byte[] head;
    private final byte[] tail;
    private final long totalBytes;

    private CapturedOutput(byte[] head, byte[] tail, long totalBytes) {
        this.head = head;
        this.tail = tail;
        this.totalBytes = totalBytes;
    }

    /**
     * Nothing.
     *
     * @return no bytes at all
     */
    public static CapturedOutput none() {
        return NONE;
    }

    /**
     * What is kept of a stream.
     *
     * @param head its beginning; copied
     * @param tail its end; copied
     * @param totalBytes how much there was, at least as much as the longer of both
     * @return what is kept
     * @throws IllegalArgumentException if there was less than is kept
     */
    public static CapturedOutput of(byte[] head, byte[] tail, long totalBytes) {
        if (totalBytes < Math.max(head.length, tail.length)) {
            throw new IllegalArgumentException("totalBytes must be " + Math.max(head.length, tail.length) + " or more, not " + totalBytes);
        }
        return new CapturedOutput(head.clone(), tail.clone(), totalBytes);
    }

    /**
     * The beginning.
     *
     * @return a copy; it overlaps the end if the child printed less than both hold
     */
    public byte[] head() {
        return head.clone();
    }

    /**
     * The end.
     *
     * @return a copy
     */
    public byte[] tail() {
        return tail.clone();
    }

    /**
     * How much there was.
     *
     * @return bytes, kept or not
     */
    public long totalBytes() {
        return totalBytes;
    }

    /**
     * What is kept as text, with a line in the place of what is not.
     *
     * @return UTF-8 decoded, broken bytes replaced; not neutralised
     */
    public String text() {
        if (totalBytes <= tail.length) {
            return decoded(tail, 0, tail.length);
        }
        long tailStart = totalBytes - tail.length;
        if (tailStart <= head.length) {
            // They overlap or touch: nothing is missing.
            byte[] all = new byte[(int) totalBytes];
            System.arraycopy(head, 0, all, 0, (int) tailStart);
            System.arraycopy(tail, 0, all, (int) tailStart, tail.length);
            return decoded(all, 0, all.length);
        }
        return decoded(head, 0, wholeCharacters(head)) + "\n[" + (tailStart - head.length) + " bytes left out]\n" + tailText();
    }

    /**
     * The end as text.
     *
     * @return UTF-8 decoded, broken bytes replaced; not neutralised
     */
    public String tailText() {
        int from = 0;
        if (totalBytes > tail.length) {
            while (from < Math.min(3, tail.length) && isContinuation(tail[from])) {
                from++;
            }
        }
        return decoded(tail, from, tail.length);
    }

    /** The length of {@code bytes} without a character that was cut in two at the end. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length;
        while (start > 0 && bytes.length - start < 3 && isContinuation(bytes[start - 1])) {
            start--;
        }
        if (start == 0) {
            return bytes.length;
        }
        int lead = bytes[start - 1] & 0xFF;
        int wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
        return bytes.length - start < wanted ? start - 1 : bytes.length;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static String decoded(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return totalBytes + " bytes";
    }
}
