package dev.autosync.core.patch;

import java.util.List;

/**
 * Where a hunk goes in a file. Lines are counted from 0.
 *
 * @param kind what was found
 * @param line where the old lines of the hunk stand, or for {@link Kind#DONE} its new lines, or for {@link Kind#MISSING} the nearest
 *     match; -1 for none
 * @param places for {@link Kind#AMBIGUOUS} all places, as many as were looked for; for {@link Kind#FITS} those among which the nearest
 *     was taken, or none
 * @param fuzz for {@link Kind#FITS} and {@link Kind#DONE} how many context lines at each outer end were not looked at
 * @param differing for {@link Kind#MISSING} how many lines of the nearest match differ; 0 if only its distance from the end or the
 *     start of the file is wrong
 * @param firstDiffering for {@link Kind#MISSING} the first of them, counted within the hunk's old lines
 */
record Placement(Kind kind, int line, List<Integer> places, int fuzz, int differing, int firstDiffering) {

    enum Kind { FITS, DONE, AMBIGUOUS, MISSING }

    Placement {
        places = List.copyOf(places);
    }

    static Placement fits(int line) {
        return new Placement(Kind.FITS, line, List.of(), 0, 0, 0);
    }

    static Placement nearest(int line, List<Integer> places) {
        return new Placement(Kind.FITS, line, places, 0, 0, 0);
    }

    static Placement done(int line) {
        return new Placement(Kind.DONE, line, List.of(), 0, 0, 0);
    }

    static Placement ambiguous(List<Integer> places) {
        return new Placement(Kind.AMBIGUOUS, -1, places, 0, 0, 0);
    }

    static Placement missing(int nearest, int differing, int firstDiffering) {
        return new Placement(Kind.MISSING, nearest, List.of(), 0, differing, firstDiffering);
    }

    Placement withFuzz(int lines) {
        return new Placement(kind, line, places, lines, differing, firstDiffering);
    }
}
