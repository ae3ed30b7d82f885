package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.List;
import java.util.Set;

/** A format of coding agents: changes of lines that are found by their text. The formats differ in how they write them. */
abstract sealed class AgentFormat implements PatchFormat permits ApplyPatchFormat, SearchReplaceFormat {

    /** The changes that a patch asks for, in its order. */
    abstract List<TextChange> changes(Patch patch, PatchLimits limits) throws DiffRefused;

    @Override
    public final Set<String> options() {
        return TextPlanner.OPTIONS;
    }

    @Override
    public final byte[] normalForm(Patch patch) {
        return NormalForms.text(patch.content());
    }

    @Override
    public final PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        try {
            return TextPlanner.plan(patch, changes(patch, limits), tree, limits);
        } catch (DiffRefused e) {
            return PatchPlan.refused(e.code(), e.reason()).withPlaceInPatch(e.place());
        }
    }
}
