package dev.autosync.core.text;

/**
 * Makes text from outside (patches, files, output of tests) safe to put into reasons, logs and reports.
 *
 * <p>Control characters (ESC among them, so no terminal sequence survives), line and paragraph separators, bidirectional and other
 * invisible format characters and lone surrogates are shown as escapes: {@code \n}, {@code \r}, {@code \t}, else {@code \}{@code u001b}.
 * The joiners U+200C and U+200D stay, since names and emoji need them. A backslash stays as it is: the result is for reading, it is
 * not meant to be decoded.
 *
 * <p>Cost: in proportion to {@code maxChars}, however long the text is. Threads: no state.
 */
public final class Untrusted {
    private static final char ELLIPSIS = '\u2026';

    private Untrusted() {}

    /**
     * Shows text on one line, its beginning if it is too long.
     *
     * @param text any text
     * @param maxChars how many UTF-16 units the result may have, 1 or more; a cut text ends in an ellipsis
     * @return one line without control characters
     * @throws IllegalArgumentException if {@code maxChars} is below 1
     */
    public static String line(CharSequence text, int maxChars) {
        requirePositive(maxChars);
        if (text.length() <= maxChars && isPlain(text)) {
            return text.toString();
        }
        StringBuilder shown = new StringBuilder(Math.min(maxChars, text.length()));
        int whole = 0; // the length up to which there is still room for an ellipsis
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            append(shown, point, false);
            if (shown.length() > maxChars) {
                shown.setLength(whole);
                return shown.append(ELLIPSIS).toString();
            }
            if (shown.length() < maxChars) {
                whole = shown.length();
            }
            i += Character.charCount(point);
        }
        return shown.toString();
    }

    /**
     * Shows text on as many lines as it has, its end if it is too long: the end is where output says what went wrong.
     *
     * @param text any text
     * @param maxChars how many UTF-16 units the result may have, 1 or more; a cut text begins with an ellipsis
     * @return text whose only control characters are {@code \n} and {@code \t}
     * @throws IllegalArgumentException if {@code maxChars} is below 1
     */
    public static String block(CharSequence text, int maxChars) {
        requirePositive(maxChars);
        StringBuilder one = new StringBuilder();
        int length = 0;
        int cut = text.length(); // where the text starts if an ellipsis has to fit as well
        int start = text.length();
        while (start > 0) {
            int point = Character.codePointBefore(text, start);
            one.setLength(0);
            append(one, point, true);
            length += one.length();
            if (length > maxChars) {
                break;
            }
            start -= Character.charCount(point);
            if (length < maxChars) {
                cut = start;
            }
        }
        StringBuilder shown = new StringBuilder(Math.min(maxChars, text.length()));
        if (start > 0) {
            shown.append(ELLIPSIS);
            start = cut;
        }
        for (int i = start; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            append(shown, point, true);
            i += Character.charCount(point);
        }
        return shown.toString();
    }

    private static void append(StringBuilder out, int point, boolean keepLayout) {
        if (keepLayout && (point == '\n' || point == '\t') || !isHidden(point)) {
            out.appendCodePoint(point);
            return;
        }
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                for (char unit : Character.toChars(point)) {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(Character.forDigit(unit >> shift & 0xF, 16));
                    }
                }
            }
        }
    }

    /** Whether a text is of printable ASCII alone, as most are: nothing of it is hidden. */
    private static boolean isPlain(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            case Character.FORMAT -> point != 0x200C && point != 0x200D;
            default -> false;
        };
    }

    private static void requirePositive(int maxChars) {
        if (maxChars < 1) {
            throw new IllegalArgumentException("maxChars must be 1 or more, was " + maxChars);
        }
    }
}
