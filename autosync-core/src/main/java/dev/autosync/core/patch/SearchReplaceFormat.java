package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import java.util.List;

/**
 * {@code search-replace}: the blocks of whole lines to look for and to put in their place that coding agents write.
 *
 * <p>Each block is looked for in the file as the blocks before it leave it, on the same ladder as those of {@link ApplyPatchFormat}, and must
 * have exactly one place on the first rung that has any. It counts as applied already where its search text is missing and its replacement
 * stands once, or where it would add what is there. A block that looks for nothing creates its file. Lines that both halves have keep the
 * bytes of the file. A patch applies as a whole or not at all.
 *
 * <p>The name of the file stands in the line above the block or above the fence of its code; a block without one is for the file of the block
 * before it, or else for the target of the patch. Option and limits: as {@link ApplyPatchFormat}. Cost: linear in the patch, and for each
 * block in its file. Threads: no state.
 */
public final class SearchReplaceFormat extends AgentFormat {

    /** A format without settings. */
    public SearchReplaceFormat() {}

    @Override
    public String name() {
        return "search-replace";
    }

    @Override
    List<TextChange> changes(Patch patch, PatchLimits limits) throws DiffRefused {
        return SearchReplaceParser.parse(patch.content(), patch.target(), limits);
    }
}
