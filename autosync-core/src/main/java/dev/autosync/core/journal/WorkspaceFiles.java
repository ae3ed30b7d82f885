package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes single files of the workspace for a transaction and for recovery: by sibling temporary file and rename. */
final class WorkspaceFiles {
    /** A file that a patch touches must fit in memory several times. */
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final Workspace workspace;
    private final FilePort files;

    WorkspaceFiles(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    Path resolve(String path) {
        return workspace.resolve(path);
    }

    Image read(String path) throws IOException {
        return Image.of(files.read(resolve(path), MAX_FILE_BYTES));
    }

    /** Makes a path hold an image, through a temporary file of the given name beside it. */
    void write(String path, Image image, String temporaryName) throws IOException {
        Path file = resolve(path);
        FileImage content = image.file();
        if (content == null) {
            files.delete(file);
            return;
        }
        Path temporary = file.resolveSibling(temporaryName);
        files.delete(temporary);
        try {
            files.create(temporary, content);
            files.replace(temporary, file);
        } catch (IOException e) {
            try {
                files.delete(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    void deleteTemporary(String path, String temporaryName) throws IOException {
        Path file = resolve(path);
        Path folder = file.getParent();
        if (folder != null && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            files.delete(file.resolveSibling(temporaryName));
        }
    }

    /** The folders above a path that do not exist yet, the topmost first. */
    List<String> missingFolders(String path) {
        List<String> missing = new ArrayList<>();
        Path folder = resolve(path).getParent();
        for (; folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS); folder = folder.getParent()) {
            missing.add(0, workspace.relative(folder));
        }
        return missing;
    }

    void createFolder(String folder) throws IOException {
        files.createFolder(workspace.resolveFolder(folder));
    }

    /** Deletes a folder of ours, unless somebody else has put something into it or in its place. */
    void deleteFolder(String folder) throws IOException {
        Path path;
        try {
            path = workspace.resolveFolder(folder);
        } catch (PathRefusedException e) {
            return;
        }
        files.deleteEmptyFolder(path);
    }

    /** Makes the present content of paths durable, and the names in their folders; what is no regular file is not ours. */
    void force(Iterable<String> paths) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String path : paths) {
            Path file;
            try {
                file = resolve(path);
            } catch (PathRefusedException e) {
                continue;
            }
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                files.force(file);
            }
            // A new folder's own name lies in the folder above it, and so on up to the root.
            Path folder = file.getParent();
            for (; folder != null && folder.startsWith(workspace.root()); folder = folder.getParent()) {
                if (!folders.contains(folder) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(folder);
                }
            }
        }
        for (Path changed : folders) {
            files.forceFolder(changed);
        }
    }
}
