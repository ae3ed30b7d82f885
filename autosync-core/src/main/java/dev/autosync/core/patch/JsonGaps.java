package dev.autosync.core.patch;

/** The white space and commas between the values of a JSON text. A line break is LF, CRLF or CR. */
final class JsonGaps {

    private JsonGaps() {}

    static boolean hasBreak(String text) {
        return hasBreak(text, 0, text.length());
    }

    static boolean hasBreak(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isBreak(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The white space in front of what follows the last line break; the text starts a line if it has none. */
    static String indent(String gap) {
        int from = afterLastBreak(gap);
        if (from == 0 && gap.startsWith("\uFEFF")) {
            from = 1;
        }
        int to = from;
        while (to < gap.length() && isBlank(gap.charAt(to))) {
            to++;
        }
        return gap.substring(from, to);
    }

    /** A gap without its blank lines: a new member is no paragraph of its own. */
    static String single(String gap) {
        int first = 0;
        while (first < gap.length() && !isBreak(gap.charAt(first))) {
            first++;
        }
        if (first == gap.length()) {
            return gap;
        }
        if (afterBreak(gap, first) == afterLastBreak(gap)) {
            return gap;
        }
        String single = gap.substring(0, afterBreak(gap, first)) + gap.substring(afterLastBreak(gap));
        // A comma may stand on a line of its own; it must not be lost.
        return gap.indexOf(',') >= 0 && single.indexOf(',') < 0 ? gap : single;
    }

    /** How many line breaks there are. */
    static int breaks(String text) {
        int breaks = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                breaks++;
                i = afterBreak(text, i) - 1;
            }
        }
        return breaks;
    }

    /** A value moved from one indent to another. Strings hold no raw line break, so that every line but the first is indent. */
    static String reindent(String value, String from, String to) {
        StringBuilder moved = new StringBuilder(value.length());
        int line = 0;
        for (int i = 0; i < value.length(); i++) {
            if (isBreak(value.charAt(i))) {
                i = afterBreak(value, i) - 1;
                moved.append(value, line, i + 1);
                line = i + 1;
                if (value.startsWith(from, line)) {
                    moved.append(to);
                    line += from.length();
                    i = line - 1;
                }
            }
        }
        return moved.append(value, line, value.length()).toString();
    }

    /** The first line break of a text, LF if there is none. */
    static String lineEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                return text.substring(i, afterBreak(text, i));
            }
        }
        return "\n";
    }

    /** How far the first line that is indented further than {@code base} is indented beyond it, two spaces if there is none. */
    static String unit(String text, String base) {
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                int from = afterBreak(text, i);
                int to = from;
                while (to < text.length() && isBlank(text.charAt(to))) {
                    to++;
                }
                boolean hasContent = to < text.length() && !isBreak(text.charAt(to));
                if (hasContent && to - from > base.length() && text.startsWith(base, from)) {
                    return text.substring(from + base.length(), to);
                }
                i = to - 1;
            }
        }
        return "  ";
    }

    private static int afterLastBreak(String text) {
        int at = text.length();
        while (at > 0 && !isBreak(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    static int afterBreak(String text, int at) {
        return text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
