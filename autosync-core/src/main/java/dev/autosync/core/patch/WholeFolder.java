package dev.autosync.core.patch;

import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that lies in a folder of the workspace.
 *
 * @param files the regular files in it, at any depth
 * @param folders the folders in it, at any depth
 */
record WholeFolder(List<String> files, List<String> folders) {
    private static final int MOST = 10_000;
    private static final int MOST_DEPTH = 100;

    /** What lies in a folder; empty if it is no folder, or holds something other than files and folders, or too much of them. */
    static Optional<WholeFolder> at(Workspace workspace, String path) {
        try {
            WholeFolder all = new WholeFolder(new ArrayList<>(), new ArrayList<>());
            Path folder = workspace.resolveFolder(path);
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && all.add(workspace, folder, 0) ? Optional.of(all) : Optional.empty();
        } catch (PathRefusedException | IOException e) {
            return Optional.empty();
        }
    }

    private boolean add(Workspace workspace, Path folder, int depth) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (files.size() + folders.size() >= MOST || depth >= MOST_DEPTH) {
                    return false;
                }
                if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(workspace.relative(child));
                } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(workspace.relative(child));
                    if (!add(workspace, child, depth + 1)) {
                        return false;
                    }
                } else {
                    return false;
                }
            }
            return true;
        }
    }
}
