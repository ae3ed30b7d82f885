package dev.autosync.core.patch;

import dev.autosync.core.text.UnifiedDiffWriter;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Edits as unified diffs, forwards and backwards. Applied to the files they were made from, they give exactly the files that the edits give. */
public final class ExactDiff {
    private static final int MAX_ID = 200;

    /** Of the hash of an id that is too long. */
    private static final int DIGITS = 16;

    private ExactDiff() {}

    /** What a patch does. */
    public static Patch of(PlannedPatch planned) {
        return Patch.builder(planned.patch().id(), "unified-diff").content(write(planned.edits(), false)).author(planned.patch().author())
                .description(planned.patch().description()).build();
    }

    /**
     * What undoes a patch: byte for byte, and only while the files hold what the patch has made of them. It takes the folders that came with the
     * patch away as well, if nothing else is in them.
     */
    public static Patch inverse(PlannedPatch planned) {
        Patch.Builder inverse = Patch.builder(inverseId(planned.patch().id()), "unified-diff")
                .content(write(planned.edits(), true)).emptyFolders(planned.newFolders().toArray(String[]::new))
                .description("undoes " + planned.patch().id());
        for (FileEdit edit : planned.edits()) {
            edit.after().ifPresentOrElse(content -> inverse.expects(edit.path(), content.sha256()), () -> inverse.expectsAbsent(edit.path()));
        }
        return inverse.build();
    }

    /** Another one for each id, also where it must be cut, between characters. */
    private static String inverseId(String id) {
        String undo = "undo:" + id;
        return undo.codePointCount(0, undo.length()) <= MAX_ID ? undo
                : undo.substring(0, undo.offsetByCodePoints(0, MAX_ID - 1 - DIGITS)) + "#" + FileContent.of(id).sha256().substring(0, DIGITS);
    }

    /** What lies between two states of files, in the order of their paths, what goes first. */
    public static byte[] between(Map<String, Optional<FileContent>> before, Map<String, Optional<FileContent>> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (boolean going : new boolean[] {true, false}) {
            new TreeMap<>(after).forEach((path, content) -> {
                if (content.isEmpty() == going) {
                    out.writeBytes(UnifiedDiffWriter.write(path, before.getOrDefault(path, Optional.empty()), content));
                }
            });
        }
        return out.toByteArray();
    }

    private static byte[] write(List<FileEdit> edits, boolean back) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        edits.stream().sorted(Comparator.comparing(FileEdit::path)).forEach(edit -> out.writeBytes(
                UnifiedDiffWriter.write(edit.path(), back ? edit.after() : edit.before(), back ? edit.before() : edit.after())));
        return out.toByteArray();
    }
}
