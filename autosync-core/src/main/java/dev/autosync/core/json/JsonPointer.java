package dev.autosync.core.json;

import java.util.List;
import java.util.OptionalInt;

/**
 * A JSON pointer (RFC 6901): the way from the whole document to one value.
 *
 * <p>Threads: immutable.
 *
 * @param tokens the steps, decoded; none for the whole document
 */
public record JsonPointer(List<String> tokens) {

    /**
     * A pointer of these steps.
     *
     * @param tokens the steps, decoded
     */
    public JsonPointer {
        tokens = List.copyOf(tokens);
    }

    /**
     * Reads a pointer.
     *
     * @param text its text, not in URI form
     * @return the pointer
     * @throws IllegalArgumentException if it does not start with {@code /} or has a {@code ~} that is followed by neither 0 nor 1
     */
    public static JsonPointer parse(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON pointer is empty or starts with /");
        }
        int steps = 0;
        for (int slash = 0; slash >= 0; slash = text.indexOf('/', slash + 1)) {
            steps++;
        }
        String[] tokens = new String[steps];
        int from = 1;
        for (int i = 0; i < steps; i++) {
            int next = text.indexOf('/', from);
            tokens[i] = unescape(text.substring(from, next < 0 ? text.length() : next));
            from = next + 1;
        }
        return new JsonPointer(List.of(tokens));
    }

    /**
     * Reads a step as an index into an array: {@code 0} or digits (ASCII only) that do not start with 0.
     *
     * @param token the step
     * @return the index, {@link Integer#MAX_VALUE} for all that is larger; empty if the step is no index
     */
    public static OptionalInt index(String token) {
        if (token.isEmpty() || token.length() > 1 && token.charAt(0) == '0') {
            return OptionalInt.empty();
        }
        long index = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            index = Math.min(Integer.MAX_VALUE, index * 10 + (c - '0'));
        }
        return OptionalInt.of((int) index);
    }

    /**
     * Whether this is the whole document.
     *
     * @return true if there is no step
     */
    public boolean isRoot() {
        return tokens.isEmpty();
    }

    /**
     * Whether another pointer leads to something inside what this one leads to.
     *
     * @param other another pointer
     * @return false if both are the same
     */
    public boolean isProperPrefixOf(JsonPointer other) {
        return tokens.size() < other.tokens.size() && other.tokens.subList(0, tokens.size()).equals(tokens);
    }

    /**
     * The pointer without its last step.
     *
     * @return the pointer to what holds the value
     * @throws IllegalStateException if this is the whole document
     */
    public JsonPointer parent() {
        if (isRoot()) {
            throw new IllegalStateException("the whole document is in nothing");
        }
        return new JsonPointer(tokens.subList(0, tokens.size() - 1));
    }

    /**
     * The last step.
     *
     * @return the step, decoded
     * @throws IllegalStateException if this is the whole document
     */
    public String last() {
        if (isRoot()) {
            throw new IllegalStateException("the whole document is in nothing");
        }
        return tokens.get(tokens.size() - 1);
    }

    /** A step as a pointer writes it. */
    public static String escape(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }

    private static String unescape(String token) {
        if (token.indexOf('~') < 0) {
            return token;
        }
        for (int at = token.indexOf('~'); at >= 0; at = token.indexOf('~', at + 1)) {
            if (at + 1 == token.length() || token.charAt(at + 1) != '0' && token.charAt(at + 1) != '1') {
                throw new IllegalArgumentException("a ~ in a JSON pointer is followed by 0 or 1");
            }
        }
        return token.replace("~1", "/").replace("~0", "~");
    }

    /** The pointer as RFC 6901 writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append('/').append(escape(token)));
        return text.toString();
    }
}
