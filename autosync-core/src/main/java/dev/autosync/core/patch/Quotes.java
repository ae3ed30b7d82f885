package dev.autosync.core.patch;

import dev.autosync.core.text.Lines;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.NearestMatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines of patches and files as they may be shown to people. */
final class Quotes {
    /** More lines of one place are not worth showing. */
    static final int MAX_LINES = 200;

    private static final int MAX_CHARS = 200;

    private Quotes() {}

    /** The place of a file that a hunk nearly fits; lines are counted from 0. */
    static NearestMatch nearest(String path, byte[] patch, Hunk hunk, Lines file, int line) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < hunk.marks.length && expected.size() < MAX_LINES; i++) {
            if (hunk.marks[i] != '+') {
                expected.add(line(patch, hunk.from[i], Lines.textEnd(patch, hunk.from[i], hunk.to[i])));
            }
        }
        List<String> found = new ArrayList<>();
        for (int i = line; i < file.count() && i - line < Math.min(MAX_LINES, Math.max(1, hunk.oldCount)); i++) {
            found.add(line(file.bytes(), file.start(i), file.textEnd(i)));
        }
        return NearestMatch.of(path, line + 1, expected, found);
    }

    /** A line as it may be shown. */
    static String line(String text) {
        return Untrusted.line(text, MAX_CHARS);
    }

    private static String line(byte[] bytes, int from, int to) {
        return line(new String(bytes, from, Math.min(to - from, 4 * MAX_CHARS), StandardCharsets.UTF_8));
    }
}
