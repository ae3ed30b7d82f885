package dev.autosync.core.patch;

import dev.autosync.core.text.Lines;
import java.util.Arrays;

/** Reads one hunk: its header, exactly the lines that the header counts, and the markers of missing line ends. */
final class HunkReader {
    private final PatchCursor cursor;
    private final int headerLine;
    private int at;

    private byte[] marks = new byte[16];
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int count;
    private int oldLeft;
    private int newLeft;
    private boolean oldEndsOpen;
    private boolean newEndsOpen;

    private HunkReader(PatchCursor cursor) {
        this.cursor = cursor;
        this.headerLine = cursor.number();
    }

    /** Reads the hunk at the cursor, which stands on {@code @@ -}, and leaves the cursor behind it. */
    static Hunk read(PatchCursor cursor) throws DiffRefused {
        return new HunkReader(cursor).read();
    }

    private Hunk read() throws DiffRefused {
        at = cursor.start() + "@@ -".length();
        int oldStart = number();
        int oldCount = skip(',') ? number() : 1;
        expect(' ');
        expect('+');
        number();
        int newCount = skip(',') ? number() : 1;
        expect(' ');
        expect('@');
        expect('@');
        if (oldCount + newCount == 0) {
            throw DiffRefused.malformed(headerLine, "the hunk has no lines");
        }
        if (oldStart == 0 && oldCount > 0) {
            throw DiffRefused.malformed(headerLine, "the hunk starts at line 0");
        }
        cursor.next();
        oldLeft = oldCount;
        newLeft = newCount;
        while (oldLeft > 0 || newLeft > 0) {
            line();
        }
        if (!cursor.atEnd() && cursor.first() == '\\') {
            line();
        }
        return new Hunk(headerLine, oldStart, oldCount, newCount, Arrays.copyOf(marks, count), Arrays.copyOf(from, count),
                Arrays.copyOf(to, count), newEndsOpen);
    }

    private void line() throws DiffRefused {
        int first = cursor.atEnd() ? 0 : cursor.first();
        switch (first) {
            case ' ' -> add(' ', cursor.start() + 1);
            case '-' -> add('-', cursor.start() + 1);
            case '+' -> add('+', cursor.start() + 1);
            case -1 -> add(' ', cursor.start()); // an empty context line whose space was trimmed away on the way
            case '\\' -> endOpen();
            default -> throw DiffRefused.malformed(headerLine, "the hunk has fewer lines than its header says"
                    + (cursor.atEnd() ? "; the patch ends too early" : "; line " + cursor.number() + " is '" + cursor.shown() + "'"));
        }
        cursor.next();
    }

    private void add(char mark, int start) throws DiffRefused {
        boolean old = mark != '+';
        boolean fresh = mark != '-';
        if (old && (oldLeft-- == 0 || oldEndsOpen) || fresh && (newLeft-- == 0 || newEndsOpen)) {
            throw DiffRefused.malformed(headerLine, "the lines of the hunk are not those that its header counts (line "
                    + cursor.number() + ")");
        }
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, 2 * count);
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        marks[count] = (byte) mark;
        from[count] = start;
        to[count] = cursor.end();
        count++;
    }

    /** {@code \ No newline at end of file}, in whichever language: the line before it has no terminator. */
    private void endOpen() throws DiffRefused {
        if (count == 0) {
            throw DiffRefused.malformed(cursor.number(), "nothing stands before the marker of a missing line end");
        }
        int last = count - 1;
        // In a diff that has CRLF throughout the CR is the diff's; else it is the last byte of the file.
        boolean crLf = cursor.end() - cursor.textEnd() == 2;
        int end = Lines.textEnd(cursor.bytes(), from[last], to[last]);
        to[last] = crLf || to[last] - end < 2 ? end : end + 1;
        oldEndsOpen |= marks[last] != '+';
        newEndsOpen |= marks[last] != '-';
        if (oldEndsOpen && oldLeft > 0 || newEndsOpen && newLeft > 0) {
            throw DiffRefused.malformed(cursor.number(), "lines follow the one that is said to end the file");
        }
    }

    private int number() throws DiffRefused {
        int start = at;
        while (at < cursor.textEnd() && cursor.bytes()[at] >= '0' && cursor.bytes()[at] <= '9') {
            at++;
        }
        long number = cursor.number(start, at, 10);
        if (number < 0) {
            throw badHeader();
        }
        return (int) number;
    }

    private boolean skip(char expected) {
        boolean found = at < cursor.textEnd() && cursor.bytes()[at] == expected;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char expected) throws DiffRefused {
        if (!skip(expected)) {
            throw badHeader();
        }
    }

    private DiffRefused badHeader() {
        return DiffRefused.malformed(headerLine, "expected a hunk header like '@@ -1,3 +1,4 @@'");
    }
}
