package dev.autosync.core.patch;

import dev.autosync.core.text.Lines;
import dev.autosync.core.text.Untrusted;
import java.nio.charset.StandardCharsets;

/** Walks over the lines of a patch. Header lines are seen without their terminator, whichever it is. */
final class PatchCursor {
    private static final int SHOWN_CHARS = 80;

    private final Lines lines;
    private int line;

    PatchCursor(Lines lines) {
        this.lines = lines;
    }

    boolean atEnd() {
        return line >= lines.count();
    }

    void next() {
        line++;
    }

    /** The line's number, counted from 1. */
    int number() {
        return line + 1;
    }

    byte[] bytes() {
        return lines.bytes();
    }

    /** Where the line starts. */
    int start() {
        return lines.start(line);
    }

    /** Where the line's text ends. */
    int textEnd() {
        return lines.textEnd(line);
    }

    /** Where the line ends, its terminator included. */
    int end() {
        return lines.end(line);
    }

    boolean isBlank() {
        return start() == textEnd();
    }

    /** The first byte of the line's text, or -1 for an empty one. */
    int first() {
        return isBlank() ? -1 : lines.bytes()[start()];
    }

    boolean startsWith(String prefix) {
        return startsWith(0, prefix);
    }

    /** Whether the line so many lines further down starts with a prefix. */
    boolean startsWith(int ahead, String prefix) {
        int at = line + ahead;
        if (at >= lines.count() || lines.textEnd(at) - lines.start(at) < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (lines.bytes()[lines.start(at) + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The line's text, one char for each byte. */
    String text() {
        return new String(lines.bytes(), start(), textEnd() - start(), StandardCharsets.ISO_8859_1);
    }

    /** The line's text from an offset on as a number in decimal; -1 if it is anything else or has more than nine digits. */
    long decimal(int offset) {
        return number(start() + offset, textEnd(), 10);
    }

    /** Digits as a number; -1 if there are none, more than nine, or anything else. */
    long number(int from, int to, int radix) {
        if (from >= to || to - from > 9) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = lines.bytes()[i] - '0';
            if (digit < 0 || digit >= radix) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    /** The line as it may stand in a message. */
    String shown() {
        if (atEnd()) {
            return "(end of the patch)";
        }
        int to = Math.min(textEnd(), start() + 4 * SHOWN_CHARS);
        return Untrusted.line(new String(lines.bytes(), start(), to - start(), StandardCharsets.UTF_8), SHOWN_CHARS);
    }
}
