package dev.autosync.core.patch;

import java.util.List;

/**
 * Where a hunk without line numbers goes. Lines are counted from 0.
 *
 * @param kind what was found
 * @param rung how exactly
 * @param line where its old lines stand; for {@link Kind#DONE} its new ones; for {@link Kind#MISSING} the nearest match, or -1
 * @param places for {@link Kind#AMBIGUOUS} all places, as many as are worth listing
 * @param missing for {@link Kind#MISSING} what was not found
 */
record TextPlacement(Kind kind, Rung rung, int line, List<Integer> places, String missing) {

    enum Kind { FITS, DONE, AMBIGUOUS, MISSING }

    TextPlacement {
        places = List.copyOf(places);
    }

    static TextPlacement fits(Rung rung, int line) {
        return new TextPlacement(Kind.FITS, rung, line, List.of(), "");
    }

    static TextPlacement done(Rung rung, int line) {
        return new TextPlacement(Kind.DONE, rung, line, List.of(), "");
    }

    static TextPlacement ambiguous(Rung rung, List<Integer> places) {
        return new TextPlacement(Kind.AMBIGUOUS, rung, -1, places.subList(0, Math.min(HunkPlacer.MAX_PLACES, places.size())), "");
    }

    static TextPlacement missing(int nearest, String what) {
        return new TextPlacement(Kind.MISSING, Rung.PUNCTUATION, nearest, List.of(), what);
    }
}
