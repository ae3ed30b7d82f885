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
import java.util.List;
import java.util.Optional;

/**
 * {@code delete-file}: takes the target of the patch away, whatever it holds.
 *
 * <p>A target that is not there counts as taken away already. Without a target the patch is refused with
 * {@link ErrorCode#PATCH_MALFORMED}. Threads: no state.
 */
public final class DeleteFileFormat implements PatchFormat {

    /** A format without settings. */
    public DeleteFileFormat() {}

    @Override
    public String name() {
        return "delete-file";
    }

    @Override
    public byte[] normalForm(Patch patch) {
        return new byte[0];
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        if (patch.target().isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "a delete-file patch needs a target");
        }
        String path = patch.target().get();
        Optional<FileContent> before = tree.read(path);
        Footprint whole = Footprint.builder().changes(Footprint.Place.file(path)).build();
        return before.map(content -> PatchPlan.edits(List.of(FileEdit.delete(path, content)), "")
                        .withFootprint(whole))
                .orElseGet(() -> PatchPlan.alreadyApplied(HunkReport.shown(path) + " is gone already").withFootprint(whole));
    }
}
