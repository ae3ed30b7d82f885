package dev.autosync.core.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

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
        Path conflicts = workspace.createStateFolder("conflicts");
        Path folder = conflicts.resolve(transaction);
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            return;
        }
        // Step by step: a journal and a link that came with the workspace must not lead out of it.
        Path step = conflicts;
        for (Path name : conflicts.relativize(file.getParent())) {
            step = step.resolve(name);
            if (!Files.isDirectory(step, NOFOLLOW_LINKS)) {
                files.createFolder(step);
            }
        }
        if (Files.notExists(file, NOFOLLOW_LINKS)) {
            files.create(file, image);
        }
    }
}
