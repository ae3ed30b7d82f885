package dev.autosync.store.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Text that goes into lines and comes out of them. */
final class JsonText {
    private static final JsonFactory CHECKER = new JsonFactory();

    // Whatever was accepted must be read back, so lines know no limit but that of arrays; the nesting is bounded by our own shape.
    private static final JsonFactory READER = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).build()).build();

    private JsonText() {}

    static JsonParser parser(byte[] line, int length) {
        return READER.createParser(ObjectReadContext.empty(), line, 0, length);
    }

    /** Whether a text can stand in a line as it is: one JSON value that UTF-8 can express. */
    static boolean isJson(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return false;
        }
        try (JsonParser in = CHECKER.createParser(ObjectReadContext.empty(), text)) {
            JsonToken token = in.nextToken();
            if (token == null) {
                return false;
            }
            in.skipChildren();
            // Tokens are read lazily: only finishing each of them shows a broken escape at the end of a string.
            in.finishToken();
            return in.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Appends a name. Lone surrogates in it become question marks: unlike in strings, the parser does not take their escapes. */
    static void name(StringBuilder out, String name) {
        string(out, new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** Appends a JSON string that is one line of valid UTF-8, whatever the text. */
    static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || isLoneSurrogate(text, i)) {
                out.append("\\u").append(Character.forDigit(c >>> 12, 16)).append(Character.forDigit(c >>> 8 & 15, 16))
                        .append(Character.forDigit(c >>> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
