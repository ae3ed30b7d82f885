package dev.autosync.spi;

import dev.autosync.AutoSyncException;
import dev.autosync.patch.FileContent;
import java.util.Optional;

/**
 * The files of a workspace as a patch finds them: with the patches before it already applied. Nothing can be written.
 *
 * <p>Called by patch formats. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public interface FileTree {

    /**
     * Reads a file.
     *
     * @param path relative to the workspace, with {@code /}
     * @return what it holds; empty if it is not there
     * @throws PathRefusedException if the path leaves the workspace, leads through a symbolic link, into {@code .git} or
     *     {@code .autosync}, or names something other than a regular file; let it pass through, the patch is then refused
     * @throws AutoSyncException if the file could not be read
     */
    Optional<FileContent> read(String path);
}
