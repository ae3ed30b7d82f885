package dev.autosync.store.json;

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

    /** Whether a text can stand in a line as it is: one JSON value. */
    static boolean isJson(String text) {
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

    /** Appends a JSON string on one line. An event's text has no lone surrogates, so UTF-8 can express all of it. */
    static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >>> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
