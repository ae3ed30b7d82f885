package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the place of a hunk in a file, or says that there is none, that there are several, or that its change is there already.
 *
 * <p>Never guesses: no fuzz, and of several places none is taken unless it is where the hunk says it is. Lines are numbers that are
 * equal when the lines are. The exact search is that of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", SIAM Journal on
 * Computing 6(2), 1977: linear, however often the hunk nearly fits.
 */
final class HunkPlacer {
    /** As many places as are worth listing. */
    static final int MAX_PLACES = 20;

    private final int[] file;
    private final DiffWork work;

    HunkPlacer(int[] file, DiffWork work) {
        this.file = file;
        this.work = work;
    }

    /**
     * Places one hunk.
     *
     * @param hunk the hunk
     * @param before its old lines
     * @param after its new lines
     * @param from the first line that no earlier hunk of the file has used
     * @param expected where it should start, given how the earlier hunks moved
     * @param asMade whether the file is known to be the one that the diff was made from
     */
    Placement place(Hunk hunk, int[] before, int[] after, int from, int expected, boolean asMade) throws DiffRefused {
        work.spend(before.length + after.length);
        boolean fits = expected >= from && stands(before, expected) && keepsEnds(hunk, before, expected);
        boolean done = after.length > 0 && expected >= from && stands(after, expected) && keepsEnds(hunk, after, expected);
        if (fits) {
            // Both can stand there when the change repeats its neighbours; then nothing tells whether it was made already.
            return done && !asMade ? Placement.done(expected) : Placement.fits(expected);
        }
        if (hunk.fitsAnywhere()) {
            return done ? Placement.done(expected) : nearest(before, from, expected);
        }
        List<Integer> places = search(hunk, before, from);
        if (places.size() > 1) {
            return Placement.ambiguous(places);
        }
        List<Integer> changed = done ? List.of(expected) : isTelling(hunk) ? search(hunk, after, from) : List.of();
        if (places.isEmpty()) {
            return changed.isEmpty() ? nearest(before, from, expected) : Placement.done(closest(changed, expected));
        }
        int place = places.get(0);
        if (changed.isEmpty()) {
            return Placement.fits(place);
        }
        // The change was made somewhere, and could be made once more in a copy: the step that applies a patch twice.
        return changed.contains(place) ? Placement.done(place) : Placement.ambiguous(List.of(Math.min(place, changed.get(0)),
                Math.max(place, changed.get(0))));
    }

    /** Whether new lines found away from their place mean anything: bare context may stand anywhere. */
    private static boolean isTelling(Hunk hunk) {
        return hunk.added > 0 || hunk.leading > 0 && hunk.trailing > 0;
    }

    private boolean keepsEnds(Hunk hunk, int[] lines, int at) {
        return (!hunk.mustEndFile() || at + lines.length == file.length) && (!hunk.mustStartFile() || at == 0);
    }

    private boolean stands(int[] lines, int at) {
        if (at < 0 || at + lines.length > file.length) {
            return false;
        }
        for (int i = 0; i < lines.length; i++) {
            if (file[at + i] != lines[i]) {
                return false;
            }
        }
        return true;
    }

    /** All places from a line on, up to {@link #MAX_PLACES}; only the start or the end of the file if the hunk belongs there. */
    private List<Integer> search(Hunk hunk, int[] lines, int from) throws DiffRefused {
        if (hunk.startsShort() || hunk.endsShort() || hunk.mustStartFile()) {
            int only = hunk.endsShort() ? file.length - lines.length : 0;
            work.spend(lines.length);
            return only >= from && stands(lines, only) && keepsEnds(hunk, lines, only) ? List.of(only) : List.of();
        }
        work.spend(file.length - from + 2L * lines.length);
        int[] border = borders(lines);
        List<Integer> found = new ArrayList<>();
        int matched = 0;
        for (int i = from; i < file.length && found.size() < MAX_PLACES; i++) {
            while (matched > 0 && file[i] != lines[matched]) {
                matched = border[matched - 1];
            }
            if (file[i] == lines[matched]) {
                matched++;
            }
            if (matched == lines.length) {
                found.add(i + 1 - matched);
                matched = border[matched - 1];
            }
        }
        return found;
    }

    /** For each beginning of the lines the length of its longest proper beginning that is also its end. */
    private static int[] borders(int[] lines) {
        int[] border = new int[lines.length];
        int length = 0;
        for (int i = 1; i < lines.length; i++) {
            while (length > 0 && lines[i] != lines[length]) {
                length = border[length - 1];
            }
            if (lines[i] == lines[length]) {
                length++;
            }
            border[i] = length;
        }
        return border;
    }

    private static int closest(List<Integer> places, int expected) {
        int best = places.get(0);
        for (int place : places) {
            if (Math.abs((long) place - expected) < Math.abs((long) best - expected)) {
                best = place;
            }
        }
        return best;
    }

    private Placement nearest(int[] before, int from, int expected) throws DiffRefused {
        return new NearestMatch(file, before, work).find(from, expected);
    }
}
