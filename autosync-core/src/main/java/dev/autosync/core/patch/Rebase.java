package dev.autosync.core.patch;

import dev.autosync.core.text.LineMerge;
import dev.autosync.core.text.Lines;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PathRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the edits that a patch was once planned to make to another tree: a three-way merge by lines, with the tree in which it was planned as the
 * base. It knows by what the two trees have in common where a change belongs, whatever else stands around it.
 */
final class Rebase {
    /** Formats in which lines around a change are only there to find its place. In the others a precondition is meant as one. */
    private static final Set<String> BY_LINES = Set.of("unified-diff", "apply-patch", "search-replace");

    private static final int MAX_LINES = 1_000_000;

    private Rebase() {}

    /** Whether a patch may be placed so. One that says what files must hold may not. */
    static boolean allowed(PlannedPatch planned) {
        return BY_LINES.contains(planned.patch().format()) && allows(planned.patch());
    }

    /** Whether a patch says nothing of what files must hold. */
    static boolean allows(Patch patch) {
        return patch.expectedSha256().isEmpty() && patch.expects().isEmpty();
    }

    /**
     * The edits on another tree.
     *
     * @return empty if both have changed the same lines, or a file has come or gone; no edits if the tree already is as the patch would make it
     */
    static Optional<List<FileEdit>> onto(PlannedPatch planned, FileTree tree) {
        List<FileEdit> edits = new ArrayList<>();
        try {
            for (FileEdit edit : planned.edits()) {
                Optional<FileContent> ours = tree.read(edit.path());
                if (ours.equals(edit.after())) {
                    continue;
                }
                Optional<Optional<FileContent>> after = ours.equals(edit.before()) ? Optional.of(edit.after()) : merged(edit, ours);
                if (after.isEmpty()) {
                    return Optional.empty();
                }
                Optional<FileContent> content = after.get();
                if (!content.equals(ours)) {
                    edits.add(ours.isEmpty() ? FileEdit.create(edit.path(), content.orElseThrow())
                            : content.isEmpty() ? FileEdit.delete(edit.path(), ours.get())
                            : FileEdit.modify(edit.path(), ours.get(), content.get()));
                }
            }
        } catch (PathRefusedException e) {
            return Optional.empty();
        }
        return Optional.of(edits);
    }

    private static Optional<Optional<FileContent>> merged(FileEdit edit, Optional<FileContent> ours) {
        if (edit.before().isEmpty() || edit.after().isEmpty() || ours.isEmpty()) {
            return Optional.empty();
        }
        FileContent base = edit.before().get();
        FileContent theirs = edit.after().get();
        byte[][] texts = {base.bytes(), theirs.bytes(), ours.get().bytes()};
        for (byte[] text : texts) {
            if (isBinary(text) || Lines.count(text) > MAX_LINES) {
                return Optional.empty();
            }
        }
        boolean executable = base.executable() == theirs.executable() ? ours.get().executable() : theirs.executable();
        return LineMerge.merge(texts[0], texts[1], texts[2]).map(bytes -> Optional.of(FileContent.of(bytes).executable(executable)));
    }

    private static boolean isBinary(byte[] text) {
        for (byte b : text) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
