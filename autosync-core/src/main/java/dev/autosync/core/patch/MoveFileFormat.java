package dev.autosync.core.patch;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code move-file}: gives the target of the patch another path, which is the content of the patch, with its bytes and its right to be
 * executed kept.
 *
 * <p>Another file at the new path is a conflict. Where the target is gone and the new path is taken the file counts as moved already, unless the
 * patch says by its hash what was to be moved, and that is something else. Without a target or with a content that is no path the patch is
 * refused with {@link ErrorCode#PATCH_MALFORMED}. Threads: no state.
 */
public final class MoveFileFormat implements PatchFormat {

    /** A format without settings. */
    public MoveFileFormat() {}

    @Override
    public String name() {
        return "move-file";
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        if (patch.target().isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "a move-file patch needs a target");
        }
        String from = patch.target().get();
        String text = patch.text();
        String to = text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        boolean exact = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), patch.content());
        if (to.isBlank() || !exact || to.indexOf('\n') >= 0) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "the content of a move-file patch is the new path, one line in UTF-8");
        }
        Optional<FileContent> source = tree.read(from);
        Optional<FileContent> there = tree.read(to);
        if (from.equals(to)) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "a file cannot be moved to itself");
        }
        Footprint both = Footprint.builder().changes(Footprint.Place.file(from)).changes(Footprint.Place.file(to)).build();
        if (source.isEmpty()) {
            boolean moved = there.isPresent() && patch.expectedSha256().map(there.get().sha256()::equals).orElse(true);
            return moved ? PatchPlan.alreadyApplied(shown(from) + " is " + shown(to) + " already").withFootprint(both)
                    : PatchPlan.conflict(shown(from) + " is not there");
        }
        if (there.isPresent()) {
            return PatchPlan.conflict(shown(to) + " is there already");
        }
        return PatchPlan.edits(List.of(FileEdit.delete(from, source.get()), FileEdit.create(to, source.get())), "").withFootprint(both);
    }

    private static String shown(String path) {
        return HunkReport.shown(path);
    }
}
