package dev.autosync.core.patch;

import dev.autosync.core.text.LineDiff.Change;
import dev.autosync.patch.Footprint.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a file at some moment, which can be followed through what patches do to the file.
 *
 * @param from the first line, counted from 0; -1 if it is none of lines
 * @param to after the last line; the same as the first for the gap before it
 * @param pointer a JSON pointer; null if it is none of a value
 */
record Span(int from, int to, @Nullable String pointer) {
    private static final Span FILE = new Span(-1, -1, null);

    static Span of(Place place) {
        return place.pointer().isPresent() ? new Span(-1, -1, place.pointer().get())
                : place.firstLine() > 0 ? new Span(place.firstLine() - 1, place.lastLine(), null) : FILE;
    }

    private boolean file() {
        return from < 0 && pointer == null;
    }

    /**
     * Whether it meets what a patch does to the file.
     *
     * @param after whether the place is one after the patch, else before it
     */
    boolean meets(Touched.Of change, boolean after) {
        if (change.whole() || file()) {
            return true;
        }
        if (change.lines() != null) {
            return pointer != null || change.lines().stream().anyMatch(lines -> meets(side(lines, after)));
        }
        return pointer == null || change.values() == null || change.values().stream().anyMatch(this::meets);
    }

    /** An empty range, a gap, meets what it touches: nobody can tell on which side of it something is put. */
    private boolean meets(Span other) {
        return from == to || other.from == other.to ? from <= other.to && other.from <= to : from < other.to && other.from < to;
    }

    private boolean meets(String other) {
        return pointer != null && (leads(pointer, other) || leads(other, pointer));
    }

    private static boolean leads(String above, String pointer) {
        return pointer.startsWith(above) && (pointer.length() == above.length() || pointer.charAt(above.length()) == '/');
    }

    private static Span side(Change lines, boolean after) {
        return after ? new Span(lines.newFrom(), lines.newTo(), null) : new Span(lines.oldFrom(), lines.oldTo(), null);
    }

    /**
     * Where the place was before a patch, or is after it.
     *
     * @param back whether the place is one after the patch, else before it
     * @return empty if the patch has made the file anew: what comes from further away has gone through it
     */
    Optional<Span> through(Touched.Of change, boolean back) {
        if (change.whole()) {
            return Optional.empty();
        }
        List<String> values = change.values();
        if (pointer != null && values != null) {
            return Optional.of(values.stream().filter(value -> leads(value, pointer)).findFirst().map(value -> new Span(-1, -1, value)).orElse(this));
        }
        List<Change> lines = change.lines();
        if (file() || pointer != null || lines == null) {
            return Optional.of(FILE);
        }
        int before = 0;
        int met = 0;
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (Change one : lines) {
            Span here = side(one, back);
            Span there = side(one, !back);
            int grows = (there.to - there.from) - (here.to - here.from);
            if (meets(here)) {
                met += grows;
                first = Math.min(first, there.from);
                last = Math.max(last, there.to);
            } else if (here.to <= from) {
                before += grows;
            }
        }
        int start = Math.min(from + before, first);
        return Optional.of(new Span(Math.max(0, start), Math.max(Math.max(to + before + met, last), start), null));
    }
}
