package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.Set;

/**
 * {@code unified-diff}: what git, diff and most tools write, applied without guessing.
 *
 * <p>Works on bytes and decodes nothing but names. Understands git's headers (new, deleted, renamed and copied files, modes, blob ids,
 * quoted names, binary content whole or as a delta) and plain {@code ---}/{@code +++} diffs. Hunks are looked for elsewhere when their
 * lines have moved, and applied only where all of their lines stand and no other place would do. Several sections for one file see each
 * other. Symbolic links, submodules and diffs of merges are refused. A patch applies as a whole or not at all.
 *
 * <p>Options: {@code fuzz} 0 (default), 1 or 2: so many context lines at each outer end of a hunk may differ, where only one place then
 * fits; {@code ambiguous} {@code refuse} (default) or {@code nearest}: of several places the one nearest to the stated line is taken;
 * {@code strip} 0 to 20: so many leading parts of each name are left out, as with {@code -p}, instead of working it out. What they came to
 * is in the plan's note.
 *
 * <p>Limits: {@link PatchLimits} for lines, hunks, files and bytes, and a bound on the work of finding places; beyond them the patch is
 * refused with {@link dev.autosync.ErrorCode#PATCH_LIMIT}. Cost: linear in the patch and the files it names. Threads: no state.
 */
public final class UnifiedDiffFormat implements PatchFormat {

    /** A format without settings. */
    public UnifiedDiffFormat() {}

    @Override
    public String name() {
        return "unified-diff";
    }

    @Override
    public Set<String> options() {
        return DiffSettings.OPTIONS;
    }

    @Override
    public Set<String> extensions() {
        return Set.of("patch", "diff");
    }

    @Override
    public byte[] normalForm(Patch patch) {
        return NormalForms.diff(patch.content());
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        try {
            DiffSettings settings = DiffSettings.of(patch, limits);
            return new DiffPlanner(UnifiedDiffParser.parse(patch.content(), limits), tree, settings).plan();
        } catch (DiffRefused e) {
            return PatchPlan.refused(e.code(), e.reason()).withPlaceInPatch(e.place());
        }
    }
}
