package dev.autosync.core.json;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the JSON files that people write. Every error names the file. */
public final class JsonFile {
    private static final long MAX_BYTES = 64 << 20;

    private JsonFile() {}

    /**
     * Reads a file of a workspace that may be there.
     *
     * @param name its path below the workspace, which is also what messages call it
     * @return its object; empty if there is no such file
     * @throws AutoSyncException {@link ErrorCode#CONFIG_UNREADABLE} if it is a folder, or lies behind a symbolic link
     */
    public static Optional<JsonSection> read(Workspace workspace, FilePort files, String name) {
        try {
            return read(files, workspace.resolve(name), name);
        } catch (PathRefusedException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be read: " + e.getMessage(), Location.of(name), e);
        }
    }

    /**
     * Reads a file that may be there.
     *
     * @param name what messages call the file
     * @return its object; empty if there is no such file
     */
    public static Optional<JsonSection> read(FilePort files, Path file, String name) {
        Optional<FileImage> image;
        try {
            image = files.read(file, MAX_BYTES);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be read: " + e.getMessage(), Location.of(name), e);
        }
        if (image.isEmpty()) {
            return Optional.empty();
        }
        String text = JsonText.decode(image.get().bytes(), name, ErrorCode.CONFIG_SYNTAX);
        return Optional.of(JsonSection.of(JsonText.parse(text, name, ErrorCode.CONFIG_SYNTAX)));
    }
}
