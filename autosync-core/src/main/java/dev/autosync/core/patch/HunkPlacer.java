package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds the place of a hunk in a file, or says that there is none, that there are several, or that its change is there already.
 *
 * <p>Never guesses: of several places none is taken unless it is where the hunk says it is, or the patch asks for the nearest one; context
 * may differ only by as many lines as the patch allows, and then only one place may fit. Lines are numbers that are equal when the lines are.
 */
final class HunkPlacer {
    /** As many places as are worth listing. */
    static final int MAX_PLACES = 20;

    private final int[] file;
    private final boolean takesNearest;
    private final DiffWork work;

    HunkPlacer(int[] file, boolean takesNearest, DiffWork work) {
        this.file = file;
        this.takesNearest = takesNearest;
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
     * @param fuzz how many context lines at each outer end may differ
     */
    Placement place(Hunk hunk, int[] before, int[] after, int from, int expected, boolean asMade, int fuzz) throws DiffRefused {
        Placement at = exactly(hunk, before, after, from, expected, asMade);
        for (int lines = 1; lines <= fuzz && at.kind() == Placement.Kind.MISSING; lines++) {
            Placement loose = loosely(hunk, before, after, from, lines);
            at = loose.kind() == Placement.Kind.MISSING ? at : loose.withFuzz(lines);
        }
        return at;
    }

    private Placement exactly(Hunk hunk, int[] before, int[] after, int from, int expected, boolean asMade) throws DiffRefused {
        work.spend(before.length + after.length);
        boolean fits = expected >= from && stands(before, expected) && keepsEnds(hunk, before, expected);
        boolean done = after.length > 0 && expected >= from && stands(after, expected) && keepsEnds(hunk, after, expected);
        if (fits) {
            // Both can stand there when the change repeats its neighbours; then nothing tells whether it was made already.
            return asMade ? Placement.fits(expected) : done ? Placement.done(expected)
                    : before.length == 0 && !takesNearest ? unlessElsewhere(after, from, expected) : Placement.fits(expected);
        }
        if (hunk.fitsAnywhere()) {
            return done ? Placement.done(expected) : nearest(before, from, expected);
        }
        List<Integer> places = search(hunk, before, from);
        List<Integer> changed = done ? List.of(expected) : isTelling(hunk) ? search(hunk, after, from) : List.of();
        if (places.size() > 1) {
            return several(places, changed, expected);
        }
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

    /* Nothing but its line says where such lines belong, and lines move: elsewhere they may be those of this hunk. */
    private Placement unlessElsewhere(int[] after, int from, int expected) throws DiffRefused {
        work.spend(file.length - from + 2L * after.length);
        TreeSet<Integer> places = new TreeSet<>(LineSearch.find(file, after, from, MAX_PLACES - 1));
        if (places.isEmpty()) {
            return Placement.fits(expected);
        }
        places.add(expected);
        return Placement.ambiguous(List.copyOf(places));
    }

    private Placement several(List<Integer> places, List<Integer> changed, int expected) {
        List<Integer> shown = places.subList(0, Math.min(MAX_PLACES, places.size()));
        if (!takesNearest) {
            return Placement.ambiguous(shown);
        }
        int best = closest(places, expected);
        long distance = Math.abs((long) best - expected);
        boolean twice = places.stream().filter(place -> Math.abs((long) place - expected) == distance).count() > 1;
        // Where the change stands at least as near it was made there, and must not be made once more in a copy.
        boolean made = changed.stream().anyMatch(place -> Math.abs((long) place - expected) <= distance);
        return changed.contains(expected) ? Placement.done(expected) : twice || made ? Placement.ambiguous(shown) : Placement.nearest(best, shown);
    }

    /* As GNU patch does it: the side with less context is trimmed later, so that a hunk at the start or end of a file stays there. */
    private Placement loosely(Hunk hunk, int[] before, int[] after, int from, int fuzz) throws DiffRefused {
        int context = Math.max(hunk.leading, hunk.trailing);
        int head = Math.max(0, fuzz + hunk.leading - context);
        int tail = Math.max(0, fuzz + hunk.trailing - context);
        if (fuzz > context || head + tail >= before.length) {
            return Placement.missing(-1, 0, 0);
        }
        List<Integer> places = loosely(hunk, before, from, head, tail);
        List<Integer> changed = head + tail < after.length && isTelling(hunk) ? loosely(hunk, after, from, head, tail) : List.of();
        if (places.size() + changed.size() > 1) {
            TreeSet<Integer> all = new TreeSet<>(places);
            all.addAll(changed);
            return Placement.ambiguous(all.stream().limit(MAX_PLACES).toList());
        }
        return !places.isEmpty() ? Placement.fits(places.get(0))
                : !changed.isEmpty() ? Placement.done(changed.get(0)) : Placement.missing(-1, 0, 0);
    }

    /** Where lines stand if some at their ends do not count; these must be there, whatever they hold. */
    private List<Integer> loosely(Hunk hunk, int[] lines, int from, int head, int tail) throws DiffRefused {
        work.spend(file.length - from + 2L * lines.length);
        List<Integer> places = new ArrayList<>();
        for (int at : LineSearch.find(file, Arrays.copyOfRange(lines, head, lines.length - tail), from + head, Integer.MAX_VALUE)) {
            int start = at - head;
            boolean inPlace = (!hunk.endsShort() || start + lines.length == file.length) && (!hunk.startsShort() || start == 0);
            if (inPlace && start + lines.length <= file.length && keepsEnds(hunk, lines, start)) {
                places.add(start);
            }
        }
        return places;
    }

    /** Whether new lines found away from their place mean anything: bare context may stand anywhere. */
    private static boolean isTelling(Hunk hunk) {
        return hunk.added > 0 || hunk.leading > 0 && hunk.trailing > 0;
    }

    private boolean keepsEnds(Hunk hunk, int[] lines, int at) {
        return (!hunk.mustEndFile() || at + lines.length == file.length) && (!hunk.mustStartFile() || at == 0);
    }

    private boolean stands(int[] lines, int at) {
        return LineSearch.stands(file, lines, at);
    }

    /** All places from a line on, up to {@link #MAX_PLACES}; only the start or the end of the file if the hunk belongs there. */
    private List<Integer> search(Hunk hunk, int[] lines, int from) throws DiffRefused {
        if (hunk.startsShort() || hunk.endsShort() || hunk.mustStartFile()) {
            int only = hunk.endsShort() ? file.length - lines.length : 0;
            work.spend(lines.length);
            return only >= from && stands(lines, only) && keepsEnds(hunk, lines, only) ? List.of(only) : List.of();
        }
        work.spend(file.length - from + 2L * lines.length);
        return LineSearch.find(file, lines, from, takesNearest ? Integer.MAX_VALUE : MAX_PLACES);
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
        return new NearestSearch(file, before, work).find(from, expected);
    }
}
