package dev.autosync.core.secrets;

import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.text.Untrusted;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** The ways in which reports and other writers show any text, a secret's among it. Threads: no state. */
final class Renderings {
    /** Every way there is. */
    static final List<UnaryOperator<String>> ALL = all();

    /** ASCII, which some writers keep and others escape. */
    private static final char DELETE = 0x7F;
    private static final String MARKDOWN = "\\`*_{}[]()#!|~";

    /** What no rendering escapes, beside letters and digits. */
    private static final String PLAIN = " +=%-.,:;$^?";

    private Renderings() {}

    /** Whether a text may look different in any of the ways. */
    static boolean changesAnything(String text) {
        return !text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0);
    }

    /** RFC 8259, section 7: digits in both cases, what is not ASCII kept or escaped, a slash kept or escaped. Without quotes. */
    private static List<UnaryOperator<String>> json() {
        List<UnaryOperator<String>> ways = new ArrayList<>();
        for (char last : new char[] {Character.MAX_VALUE, DELETE, '~'}) {
            for (HexFormat digits : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
                ways.add(text -> json(text, last, digits));
                ways.add(text -> json(text, last, digits).replace("/", "\\/"));
            }
        }
        ways.add(text -> {
            String quoted = JsonQuote.quote(text);
            return quoted.substring(1, quoted.length() - 1);
        });
        return ways;
    }

    private static List<UnaryOperator<String>> all() {
        List<UnaryOperator<String>> ways = new ArrayList<>(json());
        ways.add(Renderings::line);
        ways.add(text -> markdown(line(text)));
        ways.add(text -> line(text).replace('`', '\'').replace('|', '/'));
        ways.add(text -> html(text, "\"", "'"));
        ways.add(text -> html(text, "&quot;", "'"));
        ways.add(text -> html(text, "&quot;", "&#39;"));
        ways.add(text -> html(text, "&quot;", "&#x27;"));
        ways.add(text -> html(text, "&quot;", "&apos;"));
        ways.add(text -> html(text, "&#34;", "&#39;"));
        ways.add(text -> html(line(text), "&quot;", "&#39;"));
        return List.copyOf(ways);
    }

    private static String line(String text) {
        return Untrusted.line(text, Integer.MAX_VALUE);
    }

    private static String html(String text, String quote, String apostrophe) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", quote).replace("'", apostrophe);
    }

    /** As the Markdown report escapes cells and paragraphs. */
    private static String markdown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> shown.append("&lt;");
                case '>' -> shown.append("&gt;");
                case '&' -> shown.append("&amp;");
                case '@' -> shown.append("&#64;");
                default -> shown.append(MARKDOWN.indexOf(c) < 0 ? "" : "\\").append(c);
            }
        }
        return shown.toString();
    }

    private static String json(String text, char last, HexFormat digits) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> shown.append('\\').append(c);
                case '\b' -> shown.append("\\b");
                case '\f' -> shown.append("\\f");
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (c < ' ' || c > last) {
                        shown.append("\\u").append(digits.toHexDigits(c));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.toString();
    }
}
