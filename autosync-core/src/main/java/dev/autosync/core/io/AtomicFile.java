package dev.autosync.core.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** Writes whole files of the engine's own so that a reader sees the old or the new one, never half of it. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces a file; after a power cut the old one may be back. For what can be made again: reports, caches, records of owners. */
    public static void write(FilePort files, Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            files.create(temporary, new FileImage(bytes, FileImage.NO_MODE));
            files.replace(temporary, file);
        } catch (IOException | RuntimeException e) {
            try {
                files.delete(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** The same for text, kept as UTF-8. */
    public static void write(FilePort files, Path file, String text) throws IOException {
        write(files, file, text.getBytes(StandardCharsets.UTF_8));
    }
}
