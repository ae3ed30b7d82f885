package dev.autosync.spi;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import java.util.Set;

/**
 * Turns the text of a patch into edits of files.
 *
 * <p>Implemented by plugins, registered by ServiceLoader or {@code builder().patchFormat(...)}. Threads: may be called from several
 * at once. Must be a pure function of the patch and the tree: it is called again whenever the tree beneath the patch changes.
 * The text is hostile: bound what you allocate, never run it as a regular expression. What it throws refuses the patch.
 *
 * @since 0.1.0
 */
public interface PatchFormat {

    /**
     * The name that patches use.
     *
     * @return lower-case letters, digits and hyphens; unique
     */
    String name();

    /**
     * The options that patches of this format may have. A patch with any other is refused before it comes here.
     *
     * @return their names; none by default
     */
    default Set<String> options() {
        return Set.of();
    }

    /**
     * The ends of file names by which patches of this format are known in a folder, beside {@code *.json} files that name their format.
     *
     * @return without the dot, lower-case letters and digits, for example {@code patch}; none by default
     */
    default Set<String> extensions() {
        return Set.of();
    }

    /**
     * What the content of a patch says, apart from how it is laid out: the same bytes for two patches that ask for the same.
     *
     * <p>Two patches of one batch with the same normal form, target and options count as one, so only differences that cannot matter may be
     * smoothed over. Never throws, whatever the content is.
     *
     * @param patch the patch, of this format
     * @return bytes of the format's choice; the content as it is by default
     */
    default byte[] normalForm(Patch patch) {
        return patch.content();
    }

    /**
     * Plans a patch. Writes nothing.
     *
     * @param patch the patch, of this format
     * @param tree the files as the patch finds them
     * @param limits how much the patch may ask for; {@link PatchLimits#maxPatchBytes} and {@link PatchLimits#maxFiles} are seen to already
     * @return the edits, or why there are none
     */
    PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits);
}
