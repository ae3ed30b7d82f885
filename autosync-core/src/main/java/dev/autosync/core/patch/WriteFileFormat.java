package dev.autosync.core.patch;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code write-file}: the content of the patch is the whole content of its target.
 *
 * <p>A new file may not be executed; an existing one keeps its right. Without a target the patch is refused with
 * {@link ErrorCode#PATCH_MALFORMED}. Threads: no state.
 */
public final class WriteFileFormat implements PatchFormat {

    /** A format without settings. */
    public WriteFileFormat() {}

    @Override
    public String name() {
        return "write-file";
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        if (patch.target().isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "a write-file patch needs a target");
        }
        String path = patch.target().get();
        byte[] after = patch.content();
        Optional<FileContent> before = tree.read(path);
        if (before.isEmpty()) {
            return PatchPlan.edits(List.of(FileEdit.create(path, FileContent.of(after))), "");
        }
        if (Arrays.equals(before.get().bytes(), after)) {
            return PatchPlan.alreadyApplied(HunkReport.shown(path) + " has this content already");
        }
        return PatchPlan.edits(List.of(FileEdit.modify(path, before.get(), before.get().bytes(after))), "");
    }
}
