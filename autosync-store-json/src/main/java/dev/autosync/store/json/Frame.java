package dev.autosync.store.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The beginning that all lines share: {@code "v"}, {@code "seq"} and {@code "crc"}, checked against the rest of the line.
 *
 * <p>Source: CRC32C as in RFC 3720, appendix B.4.
 *
 * @param state whether the line is what was once written
 * @param sequence its sequence number; 0 unless {@code VALID}
 */
record Frame(State state, long sequence) {

    enum State { VALID, BROKEN, NEWER_VERSION }

    /** How every line of this version begins. */
    static final byte[] BEGIN = ascii("{\"v\":1,\"seq\":");

    private static final byte[] VERSION = ascii("{\"v\":");
    private static final byte[] CRC = ascii(",\"crc\":\"");
    private static final byte[] NO_CRC = ascii("00000000");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int MOST_DIGITS = 18;

    static final Frame BROKEN = new Frame(State.BROKEN, 0);

    /** The line's beginning with zeros for the checksum, for {@link #seal}. */
    static String unsealed(long sequence) {
        return "{\"v\":1,\"seq\":" + sequence + ",\"crc\":\"00000000\"";
    }

    /** Puts the checksum in its place, in a line that begins with {@link #unsealed}. */
    static void seal(byte[] line, int length) {
        int at = BEGIN.length + digits(line, length, BEGIN.length) + CRC.length;
        int crc = crc(line, length, at);
        for (int i = 0; i < 8; i++) {
            line[at + i] = HEX[(crc >>> (28 - 4 * i)) & 0xf];
        }
    }

    /** Reads the beginning of a line without its line end, and checks the whole line. */
    static Frame of(byte[] line, int length) {
        if (!has(line, length, 0, BEGIN)) {
            return isOtherVersion(line, length) && !isThisVersionWithOneDigitChanged(line, length) ? new Frame(State.NEWER_VERSION, 0) : BROKEN;
        }
        int digits = digits(line, length, BEGIN.length);
        int comma = BEGIN.length + digits;
        int at = comma + CRC.length;
        if (digits == 0 || digits > MOST_DIGITS || !has(line, length, comma, CRC) || length < at + 8) {
            return BROKEN;
        }
        int crc = crc(line, length, at);
        for (int i = 0; i < 8; i++) {
            if (line[at + i] != HEX[(crc >>> (28 - 4 * i)) & 0xf]) {
                return BROKEN;
            }
        }
        long sequence = sequence(line, digits);
        return sequence < 1 ? BROKEN : new Frame(State.VALID, sequence);
    }

    /** Where the members behind the checksum begin, with a comma, in a line whose frame is valid. */
    static int membersAt(byte[] line, int length) {
        return BEGIN.length + digits(line, length, BEGIN.length) + CRC.length + NO_CRC.length + 1;
    }

    /** What the beginning of a line says of its number, unchecked; 0 if it does not say. */
    static long claimedSequence(byte[] line, int length) {
        int digits = has(line, length, 0, BEGIN) ? digits(line, length, BEGIN.length) : 0;
        return digits == 0 || digits > MOST_DIGITS ? 0 : sequence(line, digits);
    }

    /** Whether a part of a line was never written. A single NUL that one changed bit has made of something else is no such part. */
    static boolean hasHole(byte[] line, int length) {
        int holes = 0;
        int at = 0;
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                holes++;
                at = i;
            }
        }
        boolean changed = false;
        for (int bit = 0; holes == 1 && bit < 8 && !changed; bit++) {
            line[at] = (byte) (1 << bit);
            changed = of(line, length).state() == State.VALID;
        }
        if (holes == 1) {
            line[at] = 0;
        }
        return holes > 0 && !changed;
    }

    private static long sequence(byte[] line, int digits) {
        return Long.parseLong(new String(line, BEGIN.length, digits, StandardCharsets.US_ASCII));
    }

    private static boolean isOtherVersion(byte[] line, int length) {
        int digits = has(line, length, 0, VERSION) ? digits(line, length, VERSION.length) : 0;
        int end = VERSION.length + digits;
        return digits > 0 && end < length && line[end] == ',' && !has(line, length, 0, ascii("{\"v\":1,"));
    }

    private static boolean isThisVersionWithOneDigitChanged(byte[] line, int length) {
        byte[] same = Arrays.copyOf(line, length);
        same[VERSION.length] = '1';
        return has(same, length, 0, BEGIN) && of(same, length).state() == State.VALID;
    }

    private static int crc(byte[] line, int length, int at) {
        CRC32C crc = new CRC32C();
        crc.update(line, 0, at);
        crc.update(NO_CRC, 0, 8);
        crc.update(line, at + 8, length - at - 8);
        return (int) crc.getValue();
    }

    private static int digits(byte[] line, int length, int from) {
        int i = from;
        while (i < length && line[i] >= '0' && line[i] <= '9') {
            i++;
        }
        return i - from;
    }

    static boolean has(byte[] line, int length, int at, byte[] part) {
        if (at + part.length > length) {
            return false;
        }
        for (int i = 0; i < part.length; i++) {
            if (line[at + i] != part[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
