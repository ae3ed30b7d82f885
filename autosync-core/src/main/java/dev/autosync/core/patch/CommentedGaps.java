package dev.autosync.core.patch;

import dev.autosync.core.json.JsonComments;

/**
 * Gaps with comments in them. A gap is what stands between two values, or between a value and a bracket: white space, at most one comma,
 * and comments.
 *
 * <p>A comment belongs to the value on whose line it stands: in front of it behind the comma, or behind it. It goes where that value
 * goes. A comment on a line of its own belongs to nobody and stays.
 */
final class CommentedGaps {

    private CommentedGaps() {}

    /** The gaps around a value that was put in. */
    record Around(String before, String behind) {}

    static boolean hasComment(String gap) {
        return gap.indexOf('/') >= 0;
    }

    /** Whether there is a comma, in no comment. */
    static boolean hasComma(String gap) {
        return comma(gap) >= 0;
    }

    /** The gap that is left when the value between two gaps goes. */
    static String joined(String before, String behind) {
        int ownLine = lastLine(before);
        int split = ownLine > 0 ? ownLine : comma(before) + 1;
        String kept = before.substring(0, split);
        String lead = withoutComments(before.substring(split), true);
        int line = firstLine(behind);
        String rest = line > 0 ? withoutComma(behind.substring(line)) : behind.substring(comma(behind) + 1);
        if (ownLine == 0 && line > 0) {
            return kept + lineBreak(behind, line) + rest;
        }
        int last = lastLine(rest);
        String lines = rest.substring(0, last);
        String next = rest.substring(last);
        return kept + (hasComment(lines) ? lines : "") + lead + (hasComment(next) ? next.stripLeading() : "");
    }

    /** The gap in front of the closing bracket that is left when the last value goes; {@code only} if it was the only one. */
    static String joinedAtEnd(String before, String tail, boolean only) {
        int ownLine = lastLine(before);
        String kept = withoutComma(before.substring(0, ownLine > 0 ? ownLine : comma(before) + 1));
        kept = hasComment(kept) ? kept : "";
        int line = firstLine(tail);
        String first = withoutComments(line > 0 ? tail.substring(0, line) : tail, false);
        String rest = line > 0 ? tail.substring(line) : "";
        if (only) {
            first = withoutComma(first);
            rest = withoutComma(rest);
            if (kept.isEmpty() && !hasComment(rest)) {
                return "";
            }
        }
        String trailing = hasComma(first) ? "," : "";
        first = withoutComma(first);
        return kept.isEmpty() || ownLine == 0 ? kept + trailing + first + rest : trailing + kept + rest;
    }

    /** The gap in front of a value, when another one comes in between: what is on lines of its own stays with the old one. */
    static Around inFront(String gap, String lineEnd, String comma) {
        int line = firstLine(gap);
        String before;
        String behind;
        if (line > 0) {
            before = gap.substring(0, line) + withoutComments(gap.substring(lastLine(gap)), true);
            behind = "," + lineEnd + withoutComma(gap.substring(line));
        } else {
            int split = comma(gap) + 1;
            before = gap.substring(0, split) + withoutComments(gap.substring(split), true);
            behind = comma + gap.substring(split).stripLeading();
        }
        return new Around(hasComma(gap) && !hasComma(before) ? "," + before : before, behind);
    }

    /** The gap in front of the closing bracket, when another value comes behind the last one; {@code next} is the usual gap. */
    static Around atEnd(String tail, String next, String indent) {
        int line = firstLine(tail);
        int comma = comma(tail);
        if (line <= 0) {
            String own = withoutComma(tail);
            String blank = own.substring(own.stripTrailing().length());
            return new Around(own.stripTrailing() + next, (comma >= 0 ? "," : "") + blank);
        }
        String first = tail.substring(0, line);
        if (!hasComment(first)) {
            return new Around(next, tail);
        }
        String trailing = comma >= 0 && comma < line ? "," : "";
        return new Around("," + withoutComma(first) + indent, trailing + lineBreak(tail, line) + tail.substring(line));
    }

    /** What stands in an empty container, when a value comes in. */
    static Around inEmpty(String inside, String indent, String lineEnd) {
        int last = lastLine(inside);
        return last > 0 ? new Around(inside.substring(0, last) + indent, lineEnd + inside.substring(last))
                : new Around(inside.stripTrailing() + " ", " ");
    }

    /* Behind the first line break that is in no comment, 0 if there is none. */
    private static int firstLine(String gap) {
        for (int i = 0; i < gap.length(); i = next(gap, i)) {
            if (JsonGaps.isBreak(gap.charAt(i))) {
                return JsonGaps.afterBreak(gap, i);
            }
        }
        return 0;
    }

    /* Behind the last one. */
    private static int lastLine(String gap) {
        int last = 0;
        for (int i = 0; i < gap.length(); i = next(gap, i)) {
            last = JsonGaps.isBreak(gap.charAt(i)) ? i + 1 : last;
        }
        return last;
    }

    private static String lineBreak(String gap, int behind) {
        return gap.substring(behind - (gap.startsWith("\r\n", behind - 2) ? 2 : 1), behind);
    }

    private static int comma(String gap) {
        for (int i = 0; i < gap.length(); i = next(gap, i)) {
            if (gap.charAt(i) == ',') {
                return i;
            }
        }
        return -1;
    }

    private static String withoutComma(String gap) {
        int comma = comma(gap);
        return comma < 0 ? gap : gap.substring(0, comma) + gap.substring(comma + 1);
    }

    /* Each comment goes with the blanks behind it, or with those in front of it. */
    private static String withoutComments(String gap, boolean blanksBehind) {
        StringBuilder kept = new StringBuilder(gap.length());
        int i = 0;
        while (i < gap.length()) {
            int next = next(gap, i);
            if (gap.charAt(i) == '/') {
                while (blanksBehind && next < gap.length() && JsonGaps.isBlank(gap.charAt(next))) {
                    next++;
                }
                while (!blanksBehind && kept.length() > 0 && JsonGaps.isBlank(kept.charAt(kept.length() - 1))) {
                    kept.setLength(kept.length() - 1);
                }
            } else {
                kept.append(gap.charAt(i));
            }
            i = next;
        }
        return kept.toString();
    }

    /* Over one character, or over a comment. */
    private static int next(String gap, int at) {
        int end = gap.charAt(at) == '/' ? JsonComments.end(gap, at) : -1;
        return end < 0 ? at + 1 : end;
    }
}
