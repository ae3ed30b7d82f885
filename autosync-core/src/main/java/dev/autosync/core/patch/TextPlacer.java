package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the place of a hunk that has no line numbers: the only one on the strictest rung that has any.
 *
 * <p>Headers narrow down where it may be: at or below the last of them, and in the block of a header below which lines are indented.
 */
final class TextPlacer {
    private static final int NO_END = Integer.MAX_VALUE;

    private final RungLines lines;
    private final DiffWork work;

    TextPlacer(RungLines lines, DiffWork work) {
        this.lines = lines;
        this.work = work;
    }

    /** Where something stands on the strictest rung that has any. */
    private record Found(Rung rung, List<Integer> places) {}

    /** Where something may start: at one line or after it, before another. */
    private record Region(int from, int end) {}

    /**
     * Places one hunk.
     *
     * @param hunk the hunk
     * @param from the first line that no earlier hunk has used
     */
    TextPlacement place(TextHunk hunk, int from) throws DiffRefused {
        Region region = new Region(from, NO_END);
        Found header = new Found(Rung.EXACT, List.of());
        for (String text : hunk.headers()) {
            header = find(List.of(text), region, false);
            if (header.places().isEmpty()) {
                return TextPlacement.missing(nearest(List.of(text), region.from()), "its header '" + Quotes.line(text) + "'");
            }
            int at = header.places().get(0);
            region = new Region(at, header.places().size() == 1 ? blockEnd(at) : NO_END);
        }
        if (!hunk.before().isEmpty()) {
            return byContext(hunk, region, from);
        }
        if (hunk.endsFile() || lines.count() == 0) {
            List<String> added = hunk.after();
            int start = lines.count() - added.size();
            boolean there = !added.isEmpty() && LineSearch.stands(lines.file(Rung.EXACT), lines.of(Rung.EXACT, added), start);
            return there ? TextPlacement.done(Rung.EXACT, start) : TextPlacement.fits(Rung.EXACT, lines.count());
        }
        if (hunk.headers().isEmpty()) {
            return TextPlacement.missing(-1, "anything that says where its lines go: a line of context, a header, or the end of the file");
        }
        if (header.places().size() > 1) {
            return TextPlacement.ambiguous(header.rung(), header.places());
        }
        return applied(hunk.underHeader(), header.rung(), region.from(), from);
    }

    private TextPlacement byContext(TextHunk hunk, Region region, int from) throws DiffRefused {
        List<String> after = hunk.after();
        Found before = find(hunk.before(), region, hunk.endsFile());
        if (before.places().size() > 1) {
            return TextPlacement.ambiguous(before.rung(), before.places());
        }
        boolean telling = !after.isEmpty() && hunk.isTelling();
        if (before.places().size() == 1) {
            int at = before.places().get(0);
            TextPlacement here = applied(hunk, before.rung(), at, from);
            Found made = telling && before.rung() != Rung.EXACT ? find(after, region, hunk.endsFile()) : before;
            if (here.kind() == TextPlacement.Kind.DONE || made.rung().compareTo(before.rung()) >= 0 || made.places().isEmpty()) {
                return here;
            }
            // The change stands there, more exactly than what it looks for: it may have been made already, and this be another place.
            List<Integer> both = new ArrayList<>(made.places());
            both.add(at);
            return TextPlacement.ambiguous(before.rung(), both.stream().sorted().toList());
        }
        Found made = telling ? find(after, region, hunk.endsFile()) : before;
        return made.places().size() == 1 ? TextPlacement.done(made.rung(), made.places().get(0))
                : TextPlacement.missing(nearest(hunk.before(), region.from()), region.end() == NO_END ? "its lines" : "its lines below its header");
    }

    /** The old lines stand somewhere; if they stand within the new ones the change was made already, and would be made once more. */
    private TextPlacement applied(TextHunk hunk, Rung rung, int at, int from) throws DiffRefused {
        int[] after = lines.of(rung, hunk.after());
        int longer = after.length - hunk.before().size();
        for (int start = Math.max(from, at - longer); longer > 0 && start <= at; start++) {
            work.spend(after.length);
            if (LineSearch.stands(lines.file(rung), after, start)) {
                return TextPlacement.done(rung, start);
            }
        }
        return TextPlacement.fits(rung, at);
    }

    private Found find(List<String> texts, Region region, boolean atEnd) throws DiffRefused {
        for (Rung rung : Rung.values()) {
            int[] wanted = lines.of(rung, texts);
            work.spend(lines.count() - region.from() + 2L * wanted.length);
            List<Integer> places = LineSearch.find(lines.file(rung), wanted, region.from(), NO_END).stream()
                    .filter(place -> place < region.end() && (!atEnd || place + wanted.length == lines.count())).toList();
            if (!places.isEmpty()) {
                return new Found(rung, places);
            }
        }
        return new Found(Rung.EXACT, List.of());
    }

    /* Where the block below a header ends: at a line that is indented no deeper, and says something. Braces, preprocessor lines, comments
       of scripts and labels may stand at the margin of a block. No end where nothing is indented, as in INI files. */
    private int blockEnd(int header) {
        int depth = depth(lines.text(header));
        boolean inside = false;
        for (int i = header + 1; i < lines.count(); i++) {
            String text = lines.text(i);
            if (isSaying(text.strip())) {
                if (depth(text) <= depth) {
                    return inside ? i : NO_END;
                }
                inside = true;
            }
        }
        return NO_END;
    }

    private static boolean isSaying(String text) {
        boolean label = text.endsWith(":") && text.indexOf(' ') < 0 && text.indexOf('(') < 0;
        return !text.startsWith("#") && !label && text.chars().anyMatch(Character::isLetterOrDigit);
    }

    private static int depth(String text) {
        return text.length() - text.stripLeading().length();
    }

    private int nearest(List<String> texts, int from) throws DiffRefused {
        return new NearestSearch(lines.file(Rung.PUNCTUATION), lines.of(Rung.PUNCTUATION, texts), work).find(from, from).line();
    }
}
