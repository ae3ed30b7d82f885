package dev.autosync.examples.dropbox;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;

/**
 * The format of what the drop-box found in its inbox and could not read: it is refused, and the report says why.
 *
 * @since 0.1.0
 */
public final class UnreadableFormat implements PatchFormat {
    static final String NAME = "drop-box-unreadable";

    /** Called by ServiceLoader. */
    public UnreadableFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        return PatchPlan.refused(ErrorCode.PATCH_MALFORMED, patch.text());
    }
}
