package dev.autosync.core.patch;

import dev.autosync.patch.Footprint;
import dev.autosync.patch.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one section of a diff.
 *
 * @param verdict the kind of result
 * @param content the new bytes for {@link Verdict#CHANGED}, else empty
 * @param reason why, for everything but {@link Verdict#CHANGED}
 * @param notes what a person should know of a change
 * @param places for {@link Verdict#AMBIGUOUS}, as {@code file:line}
 * @param nearest for {@link Verdict#CONFLICT} of a hunk the place that comes nearest
 * @param footprint the lines that the section reads and changes; null if it is the file as a whole
 */
record SectionResult(Verdict verdict, byte[] content, String reason, List<String> notes, List<String> places,
        @Nullable NearestMatch nearest, @Nullable Footprint footprint) {
    private static final byte[] NOTHING = {};

    enum Verdict { CHANGED, DONE, AMBIGUOUS, CONFLICT }

    SectionResult {
        notes = List.copyOf(notes);
        places = List.copyOf(places);
    }

    static SectionResult changed(byte[] content, List<String> notes) {
        return new SectionResult(Verdict.CHANGED, content, "", notes, List.of(), null, null);
    }

    static SectionResult done(String reason) {
        return new SectionResult(Verdict.DONE, NOTHING, reason, List.of(), List.of(), null, null);
    }

    static SectionResult ambiguous(String reason, List<String> places) {
        return new SectionResult(Verdict.AMBIGUOUS, NOTHING, reason, List.of(), places, null, null);
    }

    static SectionResult conflict(String reason) {
        return new SectionResult(Verdict.CONFLICT, NOTHING, reason, List.of(), List.of(), null, null);
    }

    static SectionResult conflict(String reason, NearestMatch nearest) {
        return new SectionResult(Verdict.CONFLICT, NOTHING, reason, List.of(), List.of(), nearest, null);
    }

    SectionResult noting(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new SectionResult(verdict, content, reason, all, places, nearest, footprint);
    }

    SectionResult touching(Footprint lines) {
        return new SectionResult(verdict, content, reason, notes, places, nearest, lines);
    }
}
