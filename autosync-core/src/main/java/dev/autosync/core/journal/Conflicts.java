package dev.autosync.core.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Keeps what a file was to hold where somebody else has written to it meanwhile: theirs stays in place, ours goes to
 * {@code .autosync/conflicts/<transaction>/}. Of a symbolic link a file is kept that says where it leads.
 */
final class Conflicts {
    private Conflicts() {}

    static void save(FilePort files, Workspace workspace, String transaction, String path, Image image) throws IOException {
        if (image.isAbsent() || image instanceof Image.Folder) {
            return;
        }
        Path folder = workspace.createStateFolder("conflicts").resolve(transaction);
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            files.createFolder(folder);
        }
        saveIn(files, folder, path, image);
    }

    /** Keeps a file below a folder of the engine's own, at its path. */
    static void saveIn(FilePort files, Path folder, String path, Image image) throws IOException {
        if (image instanceof FileImage file) {
            saveIn(files, folder, path, file);
        } else if (image instanceof Image.Link link) {
            saveIn(files, folder, path, new FileImage(PathText.encode(link.target()), FileImage.NO_MODE));
        }
    }

    private static void saveIn(FilePort files, Path folder, String path, FileImage image) throws IOException {
        Path file;
        try {
            file = PathText.resolve(folder, path).normalize();
        } catch (InvalidPathException e) {
            return;
        }
        if (!file.startsWith(folder) || file.equals(folder)) {
            return;
        }
        // Step by step: a journal and a link that came with the workspace must not lead out of it.
        Path step = folder;
        Path below = folder.relativize(file);
        for (int i = 0; i < below.getNameCount() - 1; i++) {
            Path name = below.getName(i);
            step = step.resolve(name);
            if (Files.isRegularFile(step, NOFOLLOW_LINKS)) {
                // A file of that name has been kept as well.
                step = step.resolveSibling(PathText.of(name) + "~");
            }
            if (!Files.isDirectory(step, NOFOLLOW_LINKS)) {
                files.createFolder(step);
            }
        }
        Path kept = step.resolve(file.getFileName());
        if (Files.notExists(kept, NOFOLLOW_LINKS)) {
            files.create(kept, image);
        }
    }
}
