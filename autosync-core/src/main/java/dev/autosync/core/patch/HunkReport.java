package dev.autosync.core.patch;

import dev.autosync.core.text.Untrusted;
import java.util.ArrayList;
import java.util.List;

/** Puts into words what became of the hunks of one file. Hunks and lines are counted from 1 here, as people do. */
final class HunkReport {
    private static final int MAX_NOTES = 20;
    private static final int PATH_CHARS = 120;

    private final String path;
    private final int hunks;
    private final int fileLines;
    private final List<String> notes = new ArrayList<>();
    private int done;
    private int leftOut;

    HunkReport(String path, int hunks, int fileLines) {
        this.path = shown(path);
        this.hunks = hunks;
        this.fileLines = fileLines;
    }

    /** A path as it may stand in a message. */
    static String shown(String path) {
        return Untrusted.line(path, PATH_CHARS);
    }

    private String hunk(int index) {
        return "hunk " + (index + 1) + " of " + path;
    }

    /** A hunk that applies: by how many lines away from where it says, among how many places, with how much fuzz. */
    void placed(int index, int lines, Placement at) {
        String moved = lines == 0 ? "" : " " + count(Math.abs(lines), "line") + (lines > 0 ? " further down" : " further up");
        String fuzz = at.fuzz() == 0 ? "" : " with fuzz " + at.fuzz();
        String chosen = at.places().isEmpty() ? "" : ", the nearest of " + (at.places().size() < HunkPlacer.MAX_PLACES ? "" : "at least ")
                + at.places().size() + " places";
        if (!(moved + fuzz + chosen).isEmpty()) {
            note(hunk(index) + " applied" + moved + fuzz + chosen);
        }
    }

    void done(int index) {
        done++;
        note(hunk(index) + " was there already");
    }

    private void note(String text) {
        if (notes.size() < MAX_NOTES) {
            notes.add(text);
        } else {
            leftOut++;
        }
    }

    List<String> notes() {
        if (leftOut > 0) {
            notes.add("and so with " + count(leftOut, "more hunk") + " of " + path);
            leftOut = 0;
        }
        return notes;
    }

    boolean isAllDone() {
        return done == hunks;
    }

    String allDone() {
        return path + " already is as the patch would make it";
    }

    SectionResult ambiguous(int index, List<Integer> lines) {
        List<String> places = new ArrayList<>();
        for (int line : lines) {
            places.add(path + ":" + (line + 1));
        }
        return SectionResult.ambiguous(hunk(index) + " fits in " + (lines.size() < HunkPlacer.MAX_PLACES ? "" : "at least ")
                + lines.size() + " places: " + String.join(", ", places), places);
    }

    String missing(int index, Hunk hunk, Placement at) {
        String which = "hunk " + (index + 1) + " of " + hunks + " to " + path + ": ";
        if (at.line() < 0) {
            return which + "none of its lines is found near line " + (hunk.statedIndex() + 1) + "; the file has "
                    + count(fileLines, "line");
        }
        int nearest = at.line() + 1;
        if (at.differing() == 0) {
            return which + "its lines stand at line " + nearest + ", but its context says that they "
                    + (hunk.mustEndFile() ? "end" : "start") + " the file";
        }
        int line = nearest + at.firstDiffering();
        String where = line > fileLines ? "the file ends after line " + fileLines
                : (isContext(hunk, at.firstDiffering()) ? "context" : "a line to remove") + " differs at line " + line;
        return which + where + ", nearest match at line " + nearest + " (" + count(at.differing(), "line")
                + (at.differing() == 1 ? " differs)" : " differ)");
    }

    private static boolean isContext(Hunk hunk, int oldLine) {
        int at = 0;
        for (byte mark : hunk.marks) {
            if (mark != '+' && at++ == oldLine) {
                return mark == ' ';
            }
        }
        return false;
    }

    String notEmpty() {
        return "hunk 1 of 1 to " + path + ": it is for a file without lines, the file has " + count(fileLines, "line");
    }

    String unterminated(int index, int line) {
        return "hunk " + (index + 1) + " of " + hunks + " to " + path + ": a line would be joined to line " + line
                + ", which has no line end";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
