package dev.autosync.core.json;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON text (RFC 8259; comments and trailing commas only where {@link JsonLimits} say so) into nodes that know where they stand.
 *
 * <p>Text is hostile: nesting, the length of numbers and the length of the text are bounded, and what is wrong with a text is always an
 * {@link AutoSyncException} with file, line and pointer. Threads: safe.
 */
public final class JsonText {
    /** How deep objects and arrays may be nested. */
    public static final int MAX_DEPTH = 500;

    /** How deep they may be nested whatever anybody allows: readers that go down by recursion stop here. */
    static final int DEEPEST = 2000;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1000;

    /** How many characters (UTF-16 units) a text may have. */
    public static final int MAX_LENGTH = 64 << 20;

    private JsonText() {}

    /**
     * Parses a text.
     *
     * @param text the text; a byte order mark in front is skipped
     * @param file what messages call the text
     * @param code the code of every failure
     * @return the value of the whole text
     * @throws AutoSyncException with that code, if the text is not JSON or goes over a limit
     */
    public static JsonNode parse(String text, String file, ErrorCode code) {
        return parse(text, file, code, code);
    }

    /**
     * Parses a text, telling what is wrong from what is too much.
     *
     * @param text the text; a byte order mark in front is skipped
     * @param file what messages call the text
     * @param syntax the code if the text is not JSON
     * @param limit the code if it is nested too deep, or it or one of its numbers is too long
     * @return the value of the whole text
     * @throws AutoSyncException with one of the codes
     */
    public static JsonNode parse(String text, String file, ErrorCode syntax, ErrorCode limit) {
        return parse(text, file, syntax, limit, JsonLimits.STRICT);
    }

    /**
     * Parses a text within other limits.
     *
     * @param text the text; a byte order mark in front is skipped
     * @param file what messages call the text
     * @param syntax the code if the text is not JSON
     * @param limit the code if it goes over a limit
     * @param limits the limits, and whether comments and trailing commas are read over
     * @return the value of the whole text
     * @throws AutoSyncException with one of the codes
     */
    public static JsonNode parse(String text, String file, ErrorCode syntax, ErrorCode limit, JsonLimits limits) {
        if (text.length() > limits.maxLength()) {
            throw new AutoSyncException(limit, "the text has " + text.length() + " characters, the limit is " + limits.maxLength(),
                    Location.of(file), null);
        }
        JsonScanner scanner = new JsonScanner(text, file, limits);
        JsonScanner.End end = scanner.scan();
        if (end != JsonScanner.End.WELL_FORMED) {
            throw new JsonComplaint(text, file, limits, syntax, limit).of(end, scanner);
        }
        return scanner.tape().node(0);
    }

    /**
     * Decodes UTF-8 without forgiving anything: a byte that is not UTF-8 would not survive being written back.
     *
     * @param bytes the bytes; a byte order mark stays in the text
     * @param file what messages call the text
     * @param code the code of the failure
     * @return the text
     * @throws AutoSyncException with that code and the line, if the bytes are not UTF-8
     */
    public static String decode(byte[] bytes, String file, ErrorCode code) {
        // The JDK decodes without looking twice, and puts U+FFFD for what is malformed.
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(bytes, file, code);
    }

    private static String decodeStrictly(byte[] bytes, String file, ErrorCode code) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new AutoSyncException(code, String.format("byte %d (0x%02X) is not UTF-8", in.position(), bytes[in.position()]),
                    Location.of(file, line), null);
        }
        return out.flip().toString();
    }
}
