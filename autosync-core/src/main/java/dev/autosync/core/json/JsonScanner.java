package dev.autosync.core.json;

import java.util.Arrays;

/**
 * Reads JSON text in one pass and notes where each value stands. One use; not safe to share.
 *
 * <p>Strict it takes what RFC 8259 allows and nothing else; tolerant it also reads over comments ({@code //} and {@code /* *}{@code /})
 * and one comma before a closing bracket. It says only that and where a text is wrong; {@link JsonComplaint} finds the words.
 */
final class JsonScanner {

    /** How it ended. */
    enum End {
        WELL_FORMED,
        SYNTAX,
        TOO_DEEP,
        LONG_NUMBER,
        LONG_STRING
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final char[] chars;
    private final int length;
    private final JsonLimits limits;
    private final JsonTape tape;
    private int[] open = new int[16];
    private int[] counts = new int[16];
    private int depth;
    private int at;
    private int name = -1;
    private int nameEnd = -1;
    private boolean escaped;
    private End end = End.WELL_FORMED;

    JsonScanner(String text, String file, JsonLimits limits) {
        this.text = text;
        // Faster to read than the string, which may hold bytes or characters.
        this.chars = text.toCharArray();
        this.length = text.length();
        this.limits = limits;
        this.tape = new JsonTape(text, file, limits.tolerant());
    }

    JsonTape tape() {
        return tape;
    }

    /** Where the reading stopped. */
    int at() {
        return at;
    }

    /** The JSON pointer of the innermost value that was being read. */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int level = 0; level < depth; level++) {
            boolean object = chars[tape.start(open[level])] == '{';
            int inner = level + 1 < depth ? open[level + 1] : tape.size() - 1;
            if (inner <= open[level]) {
                break;
            }
            pointer.append('/').append(object ? JsonPointer.escape(tape.name(inner)) : String.valueOf(counts[level]));
        }
        return pointer.toString();
    }

    End scan() {
        at = length > 0 && chars[0] == BYTE_ORDER_MARK ? 1 : 0;
        if (!space()) {
            return stop(End.SYNTAX);
        }
        while (value()) {
            if (next()) {
                return End.WELL_FORMED;
            }
            if (end != End.WELL_FORMED) {
                return end;
            }
        }
        return end;
    }

    /* A value begins here, its name has been read. Opens containers until a scalar or an empty container is behind. */
    private boolean value() {
        while (true) {
            if (at >= length) {
                return fail(End.SYNTAX);
            }
            int start = at;
            char c = chars[start];
            int value = tape.begin(start, name, nameEnd);
            name = -1;
            nameEnd = -1;
            if (c == '"') {
                if (!string()) {
                    return false;
                }
                tape.end(value, at, 0);
                return true;
            }
            if (c != '{' && c != '[') {
                if (!(c == '-' || c >= '0' && c <= '9' ? number() : word(c))) {
                    return false;
                }
                tape.end(value, at, 0);
                return true;
            }
            if (depth == limits.maxDepth()) {
                return fail(End.TOO_DEEP);
            }
            push(value);
            at++;
            if (!space()) {
                return fail(End.SYNTAX);
            }
            if (at < length && chars[at] == (c == '{' ? '}' : ']')) {
                return close();
            }
            if (c == '{' && !name()) {
                return false;
            }
        }
    }

    /* A value is behind. Closes containers; true if that was the whole text, false with no error if another value begins here. */
    private boolean next() {
        while (true) {
            if (!space()) {
                return fail(End.SYNTAX);
            }
            if (depth == 0) {
                return at == length || fail(End.SYNTAX);
            }
            if (at >= length) {
                return fail(End.SYNTAX);
            }
            char c = chars[at];
            boolean object = chars[tape.start(open[depth - 1])] == '{';
            char closing = object ? '}' : ']';
            counts[depth - 1]++;
            if (c == ',') {
                at++;
                if (!space()) {
                    return fail(End.SYNTAX);
                }
                if (!limits.tolerant() || at >= length || chars[at] != closing) {
                    if (object) {
                        name();
                    }
                    return false;
                }
            } else if (c != closing) {
                return fail(End.SYNTAX);
            }
            close();
        }
    }

    private void push(int value) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        open[depth] = value;
        counts[depth++] = 0;
    }

    private boolean close() {
        depth--;
        at++;
        tape.end(open[depth], at, counts[depth]);
        return true;
    }

    private boolean name() {
        if (at >= length || chars[at] != '"') {
            return fail(End.SYNTAX);
        }
        int start = at;
        if (!string()) {
            return false;
        }
        int closed = at;
        boolean withEscapes = escaped;
        if (!space() || at >= length || chars[at] != ':') {
            return fail(End.SYNTAX);
        }
        at++;
        if (!space()) {
            return fail(End.SYNTAX);
        }
        name = start;
        nameEnd = withEscapes ? ~closed : closed;
        return true;
    }

    private boolean string() {
        int i = at + 1;
        escaped = false;
        while (i < length) {
            char c = chars[i];
            if (c == '"') {
                if (i - at - 1 > limits.maxStringLength()) {
                    return fail(End.LONG_STRING);
                }
                at = i + 1;
                return true;
            }
            if (c == '\\') {
                escaped = true;
                int behind = escape(i + 1);
                if (behind < 0) {
                    at = i;
                    return fail(End.SYNTAX);
                }
                i = behind;
            } else if (c < ' ') {
                at = i;
                return fail(End.SYNTAX);
            } else {
                i++;
            }
        }
        at = length;
        return fail(End.SYNTAX);
    }

    private int escape(int from) {
        if (from >= length) {
            return -1;
        }
        switch (chars[from]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return from + 1;
            }
            case 'u' -> {
                if (from + 5 > length) {
                    return -1;
                }
                for (int i = from + 1; i < from + 5; i++) {
                    char c = chars[i];
                    boolean hexadecimal = c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c < 0x80;
                    if (!hexadecimal) {
                        return -1;
                    }
                }
                return from + 5;
            }
            default -> {
                return -1;
            }
        }
    }

    private boolean number() {
        int start = at;
        int i = start;
        if (chars[i] == '-') {
            i++;
        }
        int whole = i;
        i = digits(i);
        boolean good = i > whole && (i == whole + 1 || chars[whole] != '0');
        if (good && i < length && chars[i] == '.') {
            int point = i + 1;
            i = digits(point);
            good = i > point;
        }
        if (good && i < length && (chars[i] | 0x20) == 'e') {
            int exponent = i + 1;
            if (exponent < length && (chars[exponent] == '+' || chars[exponent] == '-')) {
                exponent++;
            }
            i = digits(exponent);
            good = i > exponent;
        }
        at = i;
        if (!good) {
            return fail(End.SYNTAX);
        }
        return i - start <= limits.maxNumberLength() || fail(End.LONG_NUMBER);
    }

    private int digits(int from) {
        int i = from;
        while (i < length && chars[i] >= '0' && chars[i] <= '9') {
            i++;
        }
        return i;
    }

    private boolean word(char first) {
        String word = switch (first) {
            case 't' -> "true";
            case 'f' -> "false";
            case 'n' -> "null";
            default -> "";
        };
        if (word.isEmpty() || !text.startsWith(word, at)) {
            return fail(End.SYNTAX);
        }
        at += word.length();
        return true;
    }

    /* Over white space, and comments where they are allowed; false if a comment does not end or is none. */
    private boolean space() {
        int i = at;
        while (i < length) {
            char c = chars[i];
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                i++;
            } else if (c == '/' && limits.tolerant()) {
                i = JsonComments.end(text, i);
                if (i < 0) {
                    return false;
                }
            } else {
                break;
            }
        }
        at = i;
        return true;
    }

    private boolean fail(End why) {
        end = why;
        return false;
    }

    private End stop(End why) {
        end = why;
        return why;
    }
}
