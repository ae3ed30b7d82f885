package dev.autosync.core.patch;

import dev.autosync.core.text.LineIds;
import dev.autosync.core.text.Lines;
import dev.autosync.patch.Footprint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the hunks of one section to the bytes of one file, with the line ends as they are or, where patch and file differ in nothing
 * but {@code \n} and {@code \r\n}, with those of the file.
 */
final class HunkApplier {
    private final byte[] patch;
    private final List<Hunk> hunks;
    private final Lines file;
    private final boolean looseEnds;
    private final boolean asMade;
    private final int fuzz;
    private final DiffWork work;
    private final String path;

    private final LineIds ids = new LineIds();
    private final HunkPlacer placer;
    private final List<Placement> placements = new ArrayList<>();
    private final HunkReport report;

    private HunkApplier(byte[] patch, List<Hunk> hunks, Lines file, boolean looseEnds, boolean asMade, int fuzz, DiffSettings settings,
            DiffWork work, String path) {
        this.patch = patch;
        this.hunks = hunks;
        this.file = file;
        this.looseEnds = looseEnds;
        this.asMade = asMade;
        this.fuzz = fuzz;
        this.work = work;
        this.path = path;
        this.report = new HunkReport(path, hunks.size(), file.count());
        int[] lines = new int[file.count()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = id(file.bytes(), file.start(i), file.end(i));
        }
        this.placer = new HunkPlacer(lines, settings.nearest(), work);
    }

    /**
     * Applies hunks.
     *
     * @param patch the bytes that the hunks point into
     * @param hunks at least one
     * @param content the file
     * @param asMade whether the file is known to be the one that the diff was made from
     * @param path the file's name, for reasons
     */
    static SectionResult apply(byte[] patch, List<Hunk> hunks, byte[] content, boolean asMade, String path, DiffSettings settings,
            DiffWork work) throws DiffRefused {
        int most = settings.limits().maxLines();
        if (Lines.count(content) > most) {
            throw DiffRefused.limit(HunkReport.shown(path) + " has more than " + most + " lines");
        }
        Lines file = Lines.of(content);
        SectionResult strict = apply(patch, hunks, file, asMade, path, 0, settings, work);
        SectionResult result = strict;
        for (int fuzz = 1; fuzz <= settings.fuzz() && result.verdict() == SectionResult.Verdict.CONFLICT; fuzz++) {
            result = apply(patch, hunks, file, asMade, path, fuzz, settings, work);
        }
        return result.verdict() == SectionResult.Verdict.CONFLICT ? strict : result;
    }

    private static SectionResult apply(byte[] patch, List<Hunk> hunks, Lines file, boolean asMade, String path, int fuzz,
            DiffSettings settings, DiffWork work) throws DiffRefused {
        work.spend(2L * file.bytes().length);
        SectionResult exact = new HunkApplier(patch, hunks, file, false, asMade, fuzz, settings, work, path).run();
        if (exact.verdict() != SectionResult.Verdict.CONFLICT) {
            return exact;
        }
        LineEnds ofPatch = LineEnds.of(patch, hunks);
        LineEnds ofFile = LineEnds.of(file);
        if (!ofPatch.isUniform() || ofFile == ofPatch || ofFile == LineEnds.NONE) {
            return exact;
        }
        work.spend(file.bytes().length);
        SectionResult loose = new HunkApplier(patch, hunks, file, true, false, fuzz, settings, work, path).run();
        if (loose.verdict() == SectionResult.Verdict.CHANGED) {
            return loose.noting("the added lines got the line ends of " + HunkReport.shown(path) + " (" + ofFile + "), the patch has "
                    + ofPatch);
        }
        return loose.verdict() == SectionResult.Verdict.CONFLICT && !ofFile.isUniform() ? exact : loose;
    }

    private SectionResult run() throws DiffRefused {
        if (hunks.size() == 1 && hunks.get(0).statedIndex() == 0 && hunks.get(0).oldCount == 0 && file.count() > 0 && !asMade) {
            return wholeNewFile(hunks.get(0));
        }
        int from = 0;
        int moved = 0;
        SectionResult ambiguous = null;
        for (int i = 0; i < hunks.size(); i++) {
            Hunk hunk = hunks.get(i);
            int[] before = side(hunk, '+', hunk.oldCount);
            Placement at = placer.place(hunk, before, side(hunk, '-', hunk.newCount), from, hunk.statedIndex() + moved, asMade, fuzz);
            placements.add(at);
            switch (at.kind()) {
                case FITS -> {
                    moved = at.line() - hunk.statedIndex();
                    from = at.line() + hunk.oldCount;
                    report.placed(i, moved, at);
                }
                case DONE -> {
                    moved = at.line() + hunk.newCount - hunk.statedIndex() - hunk.oldCount;
                    from = at.line() + hunk.newCount;
                    report.done(i);
                }
                case AMBIGUOUS -> ambiguous = ambiguous == null ? report.ambiguous(i, at.places()) : ambiguous;
                case MISSING -> {
                    int near = at.line() >= 0 ? at.line() : Math.max(0, Math.min(hunk.statedIndex() + moved, file.count() - 1));
                    return SectionResult.conflict(report.missing(i, hunk, at), Quotes.nearest(path, patch, hunk, file, near));
                }
            }
        }
        if (ambiguous != null) {
            return ambiguous;
        }
        SectionResult result = report.isAllDone() ? SectionResult.done(report.allDone()) : write();
        return result.touching(footprint());
    }

    private Footprint footprint() {
        Footprint.Builder footprint = Footprint.builder();
        for (int i = 0; i < hunks.size(); i++) {
            Hunk hunk = hunks.get(i);
            Placement at = placements.get(i);
            if (at.kind() == Placement.Kind.FITS) {
                HunkFootprint.change(footprint, path, hunk.marks, at.line());
            } else {
                HunkFootprint.read(footprint, path, at.line(), hunk.newCount);
            }
        }
        return footprint.build();
    }

    /** One hunk for an empty file, on a file that is not empty: fits only where its lines are the whole file already. */
    private SectionResult wholeNewFile(Hunk hunk) throws DiffRefused {
        int[] after = side(hunk, '-', hunk.newCount);
        boolean same = after.length == file.count()
                && placer.place(hunk, new int[0], after, 0, 0, false, 0).kind() == Placement.Kind.DONE;
        return same ? SectionResult.done(report.allDone()) : SectionResult.conflict(report.notEmpty(), Quotes.nearest(path, patch, hunk, file, 0));
    }

    private int[] side(Hunk hunk, char other, int count) throws DiffRefused {
        int[] lines = new int[count];
        int at = 0;
        for (int i = 0; i < hunk.marks.length; i++) {
            if (hunk.marks[i] != other) {
                lines[at++] = id(patch, hunk.from[i], hunk.to[i]);
                work.spend(hunk.to[i] - hunk.from[i]);
            }
        }
        return lines;
    }

    private int id(byte[] bytes, int from, int to) {
        if (!looseEnds) {
            return ids.of(bytes, from, to);
        }
        int textEnd = Lines.textEnd(bytes, from, to);
        return 2 * ids.of(bytes, from, textEnd) + (textEnd < to ? 1 : 0);
    }

    private SectionResult write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.bytes().length + 256);
        int copied = 0;
        boolean open = false; // whether what was written last has no line end
        for (int h = 0; h < hunks.size(); h++) {
            if (placements.get(h).kind() != Placement.Kind.FITS) {
                continue;
            }
            Hunk hunk = hunks.get(h);
            int line = placements.get(h).line();
            if (line > copied) {
                copy(out, copied, line);
                open = !file.isTerminated(line - 1);
            }
            for (int i = 0; i < hunk.marks.length; i++) {
                if (hunk.marks[i] == '-') {
                    line++;
                    continue;
                }
                if (open) {
                    return SectionResult.conflict(report.unterminated(h, line));
                }
                if (hunk.marks[i] == ' ') {
                    copy(out, line, line + 1);
                    open = !file.isTerminated(line++);
                } else {
                    open = add(out, hunk.from[i], hunk.to[i], line);
                }
            }
            copied = line;
        }
        copy(out, copied, file.count());
        return SectionResult.changed(out.toByteArray(), report.notes());
    }

    private void copy(ByteArrayOutputStream out, int fromLine, int toLine) {
        out.write(file.bytes(), file.start(fromLine), file.start(toLine) - file.start(fromLine));
    }

    /** Adds a line of the patch before a line of the file. */
    private boolean add(ByteArrayOutputStream out, int from, int to, int line) {
        int textEnd = Lines.textEnd(patch, from, to);
        if (!looseEnds || textEnd == to) {
            out.write(patch, from, to - from);
            return textEnd == to;
        }
        out.write(patch, from, textEnd - from);
        // The line above, which the added one follows or replaces, says what ends lines here; the first line asks the one below.
        int model = line > 0 ? line - 1 : 0;
        boolean crLf = model < file.count() && file.isTerminated(model) ? file.isCrLf(model) : LineEnds.of(file) == LineEnds.CRLF;
        if (crLf) {
            out.write('\r');
        }
        out.write('\n');
        return false;
    }
}
