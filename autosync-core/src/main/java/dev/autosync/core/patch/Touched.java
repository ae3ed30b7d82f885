package dev.autosync.core.patch;

import dev.autosync.core.text.LineChanges;
import dev.autosync.core.text.LineDiff.Change;
import dev.autosync.core.text.Lines;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.Footprint.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a planned patch reads and changes, so that it can be compared with what others do. What its format does not say is worked out from its
 * edits: line by line for unified diffs, else whole files, whatever they touch counting as read.
 */
final class Touched {
    /** As many lines around a change as diffs usually quote. */
    private static final int CONTEXT = 3;
    private static final int MAX_LINES = 1_000_000;

    /** What happens to a file: some of its lines, some of its JSON values, or (neither) all of it. */
    record Of(@Nullable List<Change> lines, @Nullable List<String> values) {
        static final Of WHOLE = new Of(null, null);

        boolean whole() {
            return lines == null && values == null;
        }
    }

    private final TreeMap<String, Of> changes = new TreeMap<>();
    private final Footprint footprint;

    private Touched(PlannedPatch patch) {
        Map<String, List<Place>> stated = new HashMap<>();
        patch.footprint().ifPresent(known -> known.changes().forEach(place ->
                stated.computeIfAbsent(place.path(), path -> new ArrayList<>()).add(place)));
        Footprint.Builder all = Footprint.builder();
        patch.footprint().ifPresent(known -> known.reads().forEach(all::reads));
        for (FileEdit edit : patch.edits()) {
            List<Place> places = stated.getOrDefault(edit.path(), List.of());
            boolean byLines = places.isEmpty() ? patch.patch().format().equals("unified-diff")
                    : places.stream().allMatch(place -> place.firstLine() > 0);
            Optional<List<Change>> lines = byLines || places.isEmpty() ? lines(edit) : Optional.empty();
            if (byLines && lines.isPresent()) {
                changes.put(edit.path(), new Of(lines.get(), null));
                lines.get().forEach(change -> all.changes(Place.lines(edit.path(), change.oldFrom() + 1, change.oldTo())));
                if (places.isEmpty()) {
                    context(edit, lines.get(), all);
                }
            } else if (edit.before().isPresent() && edit.after().isPresent() && !places.isEmpty()
                    && places.stream().allMatch(place -> place.pointer().isPresent())) {
                changes.put(edit.path(), new Of(null, places.stream().map(place -> place.pointer().orElseThrow()).toList()));
                places.forEach(all::changes);
            } else {
                changes.put(edit.path(), Of.WHOLE);
                all.changes(Place.file(edit.path()));
            }
        }
        this.footprint = all.build();
    }

    static Touched by(PlannedPatch patch) {
        return new Touched(patch);
    }

    /** What happens to each file. */
    TreeMap<String, Of> changes() {
        return changes;
    }

    /** The same for others to see, with what is read. */
    Footprint footprint() {
        return footprint;
    }

    private static void context(FileEdit edit, List<Change> lines, Footprint.Builder all) {
        int count = edit.before().map(content -> Lines.count(content.bytes())).orElse(0);
        for (Change change : lines) {
            int first = Math.max(1, change.oldFrom() + 1 - CONTEXT);
            int last = Math.min(count, change.oldTo() + CONTEXT);
            if (last >= first) {
                all.reads(Place.lines(edit.path(), first, last));
            }
        }
    }

    /** The lines that an edit changes, if the file stays a text with the same right to be executed. */
    private static Optional<List<Change>> lines(FileEdit edit) {
        if (edit.before().isEmpty() || edit.after().isEmpty() || edit.before().get().executable() != edit.after().get().executable()) {
            return Optional.empty();
        }
        FileContent before = edit.before().get();
        Lines old = Lines.of(before.bytes());
        Lines now = Lines.of(edit.after().get().bytes());
        return old.count() > MAX_LINES || now.count() > MAX_LINES ? Optional.empty() : Optional.of(LineChanges.of(old, now));
    }
}
