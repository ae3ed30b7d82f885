package dev.autosync.core.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * File names as git writes them into diffs: plain, or between quotation marks with the escapes of C.
 *
 * <p>Threads: no state.
 */
public final class GitNames {
    private static final String LETTERS = "abtnvfr\"\\";
    private static final String VALUES = "\u0007\b\t\n\u000b\f\r\"\\";

    private GitNames() {}

    /**
     * Writes a name, quoted if it holds a control character, a quotation mark, a backslash or anything outside ASCII.
     *
     * @param name a name
     * @return ASCII text without control characters
     */
    public static String quote(String name) {
        StringBuilder out = new StringBuilder("\"");
        boolean plain = true;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            int escape = VALUES.indexOf(b & 0xFF);
            if (escape >= 0) {
                out.append('\\').append(LETTERS.charAt(escape));
            } else if (b >= ' ' && b < 0x7F) {
                out.append((char) b);
                continue;
            } else {
                out.append('\\').append((char) ('0' + (b >> 6 & 3))).append((char) ('0' + (b >> 3 & 7))).append((char) ('0' + (b & 7)));
            }
            plain = false;
        }
        return plain ? name : out.append('"').toString();
    }

    /**
     * Finds the end of a quoted name.
     *
     * @param bytes where it stands
     * @param from the opening quotation mark
     * @param to where to stop looking
     * @return the offset after the closing quotation mark; -1 if there is none
     */
    public static int endOfQuoted(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * Reads a name, quoted or not.
     *
     * @param bytes where it stands
     * @param from its first byte
     * @param to after its last byte
     * @return the name; empty if it is no UTF-8, or quoted badly
     */
    public static Optional<String> read(byte[] bytes, int from, int to) {
        boolean quoted = to > from && bytes[from] == '"';
        if (!quoted) {
            return decode(ByteBuffer.wrap(bytes, from, to - from));
        }
        if (endOfQuoted(bytes, from, to) != to) {
            return Optional.empty();
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream(to - from);
        for (int i = from + 1; i < to - 1; i++) {
            if (bytes[i] != '\\') {
                name.write(bytes[i]);
                continue;
            }
            i++;
            int letter = LETTERS.indexOf(bytes[i]);
            if (letter >= 0) {
                name.write(VALUES.charAt(letter));
            } else if (i + 2 < to - 1 && isOctal(bytes[i], 3) && isOctal(bytes[i + 1], 7) && isOctal(bytes[i + 2], 7)) {
                name.write((bytes[i] - '0') << 6 | (bytes[i + 1] - '0') << 3 | bytes[i + 2] - '0');
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return decode(ByteBuffer.wrap(name.toByteArray()));
    }

    private static boolean isOctal(byte digit, int max) {
        return digit >= '0' && digit <= '0' + max;
    }

    private static Optional<String> decode(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
