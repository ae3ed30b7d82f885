package dev.autosync.store.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of an event as a JSON object, exact and in their order, so that SQL can ask for {@code numbers ->> 'seconds'}. */
final class Numbers {
    private final String text;
    private int at;

    private Numbers(String text) {
        this.text = text;
    }

    static String encode(Map<String, Double> numbers) {
        StringBuilder out = new StringBuilder("{");
        numbers.forEach((name, number) -> {
            out.append(out.length() > 1 ? ",\"" : "\"");
            for (int i = 0; i < name.length(); i++) {
                append(out, name.charAt(i));
            }
            // Double.toString is read back as the same double, which a shorter form need not be.
            out.append("\":").append(number.doubleValue());
        });
        return out.append('}').toString();
    }

    /**
     * Reads what {@link #encode} wrote, and no other JSON: nobody else writes here.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static Map<String, Double> decode(String text) {
        return new Numbers(text).read();
    }

    private static void append(StringBuilder out, char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (c < ' ') {
            out.append("\\u00").append(Character.forDigit(c >>> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            out.append(c);
        }
    }

    private Map<String, Double> read() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!numbers.isEmpty()) {
                expect(',');
            }
            String name = name();
            expect(':');
            int end = at;
            while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '}') {
                end++;
            }
            numbers.put(name, Double.valueOf(text.substring(at, end)));
            at = end;
        }
        expect('}');
        if (at != text.length()) {
            throw unexpected();
        }
        return numbers;
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            char c = next();
            if (c != '\\') {
                name.append(c);
            } else if (peek() == 'u') {
                at++;
                name.append((char) Integer.parseInt(text, at, Math.min(at + 4, text.length()), 16));
                at += 4;
            } else {
                name.append(next());
            }
        }
        expect('"');
        return name.toString();
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("not the numbers of an event");
    }
}
