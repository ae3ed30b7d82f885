package dev.autosync.core.patch;

import dev.autosync.patch.Footprint;

/** What hunks look at and change, in the lines of the file as they find it. */
final class HunkFootprint {
    private HunkFootprint() {}

    /**
     * Adds a hunk.
     *
     * @param marks {@code ' '}, {@code '-'} or {@code '+'} for each of its lines
     * @param line the line of the file, counted from 0, at which its old lines start
     */
    static void change(Footprint.Builder footprint, String path, byte[] marks, int line) {
        int at = line;
        int i = 0;
        while (i < marks.length) {
            boolean context = marks[i] == ' ';
            int first = at;
            for (; i < marks.length && (marks[i] == ' ') == context; i++) {
                at += marks[i] == '+' ? 0 : 1;
            }
            Footprint.Place place = Footprint.Place.lines(path, first + 1, at);
            if (context) {
                footprint.reads(place);
            } else {
                footprint.changes(place);
            }
        }
    }

    /** Adds lines that must be there already, counted from 0. */
    static void read(Footprint.Builder footprint, String path, int line, int count) {
        footprint.reads(Footprint.Place.lines(path, line + 1, line + count));
    }
}
