package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what a file held before a transaction when somebody else has written to it meanwhile: theirs stays in place, the earlier
 * content goes to {@code .autosync/conflicts/<transaction>/}.
 */
final class Conflicts {
    private Conflicts() {}

    static void save(FilePort files, Workspace workspace, String transaction, String path, FileImage image) throws IOException {
        Path folder = workspace.createStateFolder("conflicts").resolve(transaction);
        Path file = folder.resolve(path).normalize();
        if (file.startsWith(folder)) {
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                files.create(file, image);
            }
        }
    }
}
