package dev.autosync.core.patch;

import dev.autosync.core.text.Lines;
import java.util.List;

/** What ends the lines of a file or of a patch. */
enum LineEnds {
    /** No line has an end. */
    NONE,
    LF,
    CRLF,
    MIXED;

    static LineEnds of(Lines lines) {
        LineEnds ends = NONE;
        for (int i = 0; i < lines.count() && ends != MIXED; i++) {
            if (lines.isTerminated(i)) {
                ends = ends.and(lines.isCrLf(i));
            }
        }
        return ends;
    }

    /** The ends of the lines in hunks, whichever side they are on. */
    static LineEnds of(byte[] patch, List<Hunk> hunks) {
        LineEnds ends = NONE;
        for (Hunk hunk : hunks) {
            for (int i = 0; i < hunk.marks.length && ends != MIXED; i++) {
                int textEnd = Lines.textEnd(patch, hunk.from[i], hunk.to[i]);
                if (textEnd < hunk.to[i]) {
                    ends = ends.and(hunk.to[i] - textEnd == 2);
                }
            }
        }
        return ends;
    }

    boolean isUniform() {
        return this == LF || this == CRLF;
    }

    private LineEnds and(boolean crLf) {
        LineEnds one = crLf ? CRLF : LF;
        return this == NONE || this == one ? one : MIXED;
    }
}
