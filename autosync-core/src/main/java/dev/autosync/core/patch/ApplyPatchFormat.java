package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import java.util.List;

/**
 * {@code apply-patch}: the envelope {@code *** Begin Patch} that coding agents write, over one file or many.
 *
 * <p>It has no line numbers: context and headers are all. A hunk is looked for exactly, then without white space at the ends of lines, then
 * without indentation, then without typographic punctuation; on the first of these that has any place there must be exactly one. Context
 * keeps the bytes of the file, added lines get its line ends, its encoding and, where it differs, its indentation. Nothing is ever put at
 * the end of a file unless the patch says so. A patch applies as a whole or not at all.
 *
 * <p>Option: {@code encoding}, that of files which are not Unicode; without it only ASCII is added to such a file. Limits: those of the
 * lines, hunks, files and bytes of {@link PatchLimits}, and a bound on the work of finding places. Cost: linear in the patch and the files it
 * names, times four at most. Threads: no state.
 */
public final class ApplyPatchFormat extends AgentFormat {

    /** A format without settings. */
    public ApplyPatchFormat() {}

    @Override
    public String name() {
        return "apply-patch";
    }

    @Override
    List<TextChange> changes(Patch patch, PatchLimits limits) throws DiffRefused {
        return ApplyPatchParser.parse(patch.content(), limits);
    }
}
