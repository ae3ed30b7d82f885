package dev.autosync.core.patch;

import dev.autosync.patch.Footprint;
import dev.autosync.patch.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies hunks without line numbers to one text file, one after the other. */
final class TextHunks {
    private static final int MAX_NOTES = 20;

    private final String path;
    private final TextFile file;
    private final RungLines lines;
    private final DiffWork work;

    private final List<String> notes = new ArrayList<>();
    private final Footprint.Builder footprint = Footprint.builder();
    private int done;

    private TextHunks(String path, TextFile file, DiffWork work) {
        this.path = path;
        this.file = file;
        this.lines = new RungLines(file.lines(), work);
        this.work = work;
    }

    /**
     * Applies hunks.
     *
     * @param path the file's name, for reasons
     * @param hunks at least one
     * @param inOrder whether each hunk stands after the one before it; else it may be anywhere in what those before it leave
     */
    static SectionResult apply(String path, TextFile file, List<TextHunk> hunks, boolean inOrder, DiffWork work) throws DiffRefused {
        return new TextHunks(path, file, work).run(hunks, inOrder);
    }

    private SectionResult run(List<TextHunk> hunks, boolean inOrder) throws DiffRefused {
        TextPlacer placer = new TextPlacer(lines, work);
        int from = 0;
        SectionResult ambiguous = null;
        for (TextHunk hunk : hunks) {
            TextPlacement at = placer.place(hunk, from);
            int end = from;
            switch (at.kind()) {
                case FITS -> {
                    // A hunk without lines to look for has the header above it as its context.
                    TextHunk placed = hunk.before().isEmpty() && !hunk.endsFile() && lines.count() > 0 ? hunk.underHeader() : hunk;
                    String unholdable = unholdable(placed);
                    if (unholdable != null) {
                        return SectionResult.conflict(unholdable);
                    }
                    touch(placed, at.line());
                    end = splice(placed, at);
                }
                case DONE -> {
                    done++;
                    add(hunk.label() + " was there already");
                    end = Math.max(from, at.line() + hunk.after().size());
                    run(at.line(), end, true);
                }
                case AMBIGUOUS -> ambiguous = ambiguous == null ? ambiguous(hunk, at) : ambiguous;
                case MISSING -> {
                    return missing(hunk, at, from);
                }
            }
            from = inOrder ? end : 0;
        }
        if (ambiguous != null) {
            return ambiguous;
        }
        SectionResult result = done == hunks.size() ? SectionResult.done(done == 1 ? notes.get(0)
                : HunkReport.shown(path) + " already is as the patch would make it") : SectionResult.changed(file.with(lines.all()).bytes(), notes);
        return result.touching(footprint.build());
    }

    private int splice(TextHunk hunk, TextPlacement at) throws DiffRefused {
        if (at.rung() != Rung.EXACT) {
            add(hunk.label() + " fits if " + at.rung().ignored() + " do not count");
        }
        List<String> before = hunk.before();
        Indents indents = new Indents();
        for (int i = 0; at.rung().compareTo(Rung.TRIMMED) >= 0 && i < before.size(); i++) {
            indents.learn(before.get(i), lines.text(at.line() + i));
        }
        if (indents.differ() && !hunk.added().isEmpty()) {
            add("the added lines were indented as the file is");
        }
        List<TextFile.Line> changed = new ArrayList<>();
        int line = at.line();
        for (int i = 0; i < hunk.marks().length; i++) {
            switch (hunk.marks()[i]) {
                case ' ' -> changed.add(lines.line(line++));
                case '-' -> line++;
                default -> changed.add(new TextFile.Line(indents.adapt(hunk.texts().get(i)), TextFile.end(lines.all(), line)));
            }
        }
        lines.replace(at.line(), before.size(), changed);
        return at.line() + changed.size();
    }

    private @Nullable String unholdable(TextHunk hunk) {
        for (String text : hunk.added()) {
            if (!file.canHold(text)) {
                return hunk.label() + " adds characters that " + HunkReport.shown(path) + " may not be able to hold: its encoding is "
                        + file.encoding() + "; name it by the option 'encoding', or use a unified diff";
            }
        }
        return null;
    }

    /** What a hunk reads and changes, in the lines of the file as it was found. */
    private void touch(TextHunk hunk, int line) {
        int at = line;
        int i = 0;
        while (i < hunk.marks().length) {
            boolean context = hunk.marks()[i] == ' ';
            int first = at;
            for (; i < hunk.marks().length && (hunk.marks()[i] == ' ') == context; i++) {
                at += hunk.marks()[i] == '+' ? 0 : 1;
            }
            run(first, at, context);
        }
    }

    private void run(int from, int to, boolean context) {
        int first = -1;
        int last = -1;
        for (int i = from; i < to; i++) {
            if (lines.isOriginal(i)) {
                first = first < 0 ? lines.origin(i) : first;
                last = lines.origin(i);
            }
        }
        if (first >= 0) {
            Footprint.Place place = Footprint.Place.lines(path, first + 1, last + 1);
            if (context) {
                footprint.reads(place);
            } else {
                footprint.changes(place);
            }
        } else if (!context) {
            int gap = lines.origin(to) + 1;
            footprint.changes(Footprint.Place.lines(path, gap, gap - 1));
        }
    }

    private void add(String note) {
        if (notes.size() < MAX_NOTES && !notes.contains(note)) {
            notes.add(note);
        }
    }

    private SectionResult ambiguous(TextHunk hunk, TextPlacement at) {
        List<String> places = at.places().stream().map(line -> HunkReport.shown(path) + ":" + (lines.origin(line) + 1)).toList();
        String most = places.size() < HunkPlacer.MAX_PLACES ? "" : "at least ";
        return SectionResult.ambiguous(hunk.label() + " fits in " + most + places.size() + " places: " + String.join(", ", places), places);
    }

    private SectionResult missing(TextHunk hunk, TextPlacement at, int from) {
        boolean end = hunk.endsFile() && at.line() >= 0;
        String reason = hunk.label() + ": " + HunkReport.shown(path) + " does not have " + at.missing()
                + (from > 0 ? " after line " + lines.origin(from) : "") + (end ? " at its end" : "");
        int line = at.line() >= 0 ? at.line() : Math.min(from, Math.max(0, lines.count() - 1));
        List<String> expected = hunk.before().stream().limit(Quotes.MAX_LINES).map(Quotes::line).toList();
        List<String> found = new ArrayList<>();
        for (int i = line; i < lines.count() && i - line < Math.max(1, expected.size()); i++) {
            found.add(Quotes.line(lines.text(i)));
        }
        int shown = line < lines.count() ? lines.origin(line) + 1 : 1;
        String near = at.line() >= 0 ? "; nearest match at line " + shown : "";
        return SectionResult.conflict(reason + near, NearestMatch.of(path, shown, expected, found));
    }
}
