package dev.autosync.bench.crash;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What "atomic write" libraries do: each file to a temporary one, forced, renamed, the folder forced; and no journal. */
public final class PerFile {
    private PerFile() {}

    /** Writes a state, file by file. */
    public static void write(FilePort files, Path root, Map<String, Optional<FileContent>> state) throws IOException {
        for (Map.Entry<String, Optional<FileContent>> entry : state.entrySet()) {
            Path file = root.resolve(entry.getKey());
            Path folder = file.getParent();
            if (!Files.isDirectory(folder)) {
                files.createFolder(folder);
                files.forceFolder(folder.getParent());
            }
            if (entry.getValue().isEmpty()) {
                files.delete(file);
            } else {
                Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
                files.delete(temporary);
                files.create(temporary, FileImage.of(entry.getValue().get(), FileImage.NO_MODE));
                files.force(temporary);
                files.replace(temporary, file);
            }
            files.forceFolder(folder);
        }
    }
}
