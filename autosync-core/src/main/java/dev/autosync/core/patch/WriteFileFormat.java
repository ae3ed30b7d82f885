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
import java.util.Set;

/**
 * {@code write-file}: the content of the patch is the whole content of its target.
 *
 * <p>The option {@code executable}, {@code true} or {@code false}, says whether the file may be executed; without it a new file may not, and
 * an existing one keeps its right. Without a target, or with another value, the patch is refused with {@link ErrorCode#PATCH_MALFORMED}; with
 * more bytes than a file may have, with {@link ErrorCode#PATCH_LIMIT}. Threads: no state.
 */
public final class WriteFileFormat implements PatchFormat {

    private static final String EXECUTABLE = "executable";

    /** A format without settings. */
    public WriteFileFormat() {}

    @Override
    public String name() {
        return "write-file";
    }

    @Override
    public Set<String> options() {
        return Set.of(EXECUTABLE);
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        if (patch.target().isEmpty()) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "a write-file patch needs a target");
        }
        String path = patch.target().get();
        String executable = patch.options().get(EXECUTABLE);
        if (executable != null && !executable.equals("true") && !executable.equals("false")) {
            return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, "the option '" + EXECUTABLE + "' must be true or false");
        }
        if (patch.size() > limits.maxFileBytes()) {
            return PatchPlan.refused(ErrorCode.PATCH_LIMIT, HunkReport.shown(path) + " would have more than " + limits.maxFileBytes() + " bytes");
        }
        Optional<FileContent> before = tree.read(path);
        boolean had = before.map(FileContent::executable).orElse(false);
        FileContent after = FileContent.of(patch.content()).executable(executable == null ? had : executable.equals("true"));
        Footprint whole = Footprint.builder().changes(Footprint.Place.file(path)).build();
        if (before.isEmpty()) {
            return PatchPlan.edits(List.of(FileEdit.create(path, after)), "").withFootprint(whole);
        }
        if (before.get().equals(after)) {
            return PatchPlan.alreadyApplied(HunkReport.shown(path) + " has this content already").withFootprint(whole);
        }
        return PatchPlan.edits(List.of(FileEdit.modify(path, before.get(), after)), "").withFootprint(whole);
    }
}
