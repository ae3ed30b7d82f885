package dev.autosync.core.report;

import dev.autosync.core.text.Untrusted;

/** Text of others in Markdown. */
final class MarkdownText {
    private static final int MAX_TEXT = 500;

    private MarkdownText() {}

    /** Text that cannot become markup: every character with a meaning in Markdown or HTML is escaped. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        for (char c : Untrusted.line(text, MAX_TEXT).toCharArray()) {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '@' -> safe.append("&#64;");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '(', ')', '#', '!', '|', '~' -> safe.append('\\').append(c);
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** Text inside a code span, which knows no escapes. */
    static String code(String text) {
        return Untrusted.line(text, MAX_TEXT).replace('`', '\'').replace('|', '/');
    }

    /** A row of a table. */
    static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell).append(" |");
        }
        text.append('\n');
    }
}
