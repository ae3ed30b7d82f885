package dev.autosync.core.lock;

import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code .autosync/token}: the token of the last grant, whichever store keeps the history, and if none does. Its replacement is not forced: what
 * a power cut takes back no process remembers either.
 *
 * @param file where it is
 */
record TokenFile(FilePort files, Path file) {
    private static final int MAX_BYTES = 32;

    /** No workspace is granted more often than that. Far below what stores take for a token, so that a file that says more harms nobody. */
    private static final long MAX_TOKEN = 1L << 59;

    /** The token of the last grant; 0 if there is none, or if the file cannot be made sense of. */
    long last() {
        try {
            Optional<FileImage> image = files.read(file, MAX_BYTES);
            long token = image.isEmpty() ? 0 : Long.parseLong(new String(image.get().bytes(), StandardCharsets.US_ASCII).trim());
            return token < 0 || token > MAX_TOKEN ? 0 : token;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    void write(long token) throws IOException {
        AtomicFile.write(files, file, token + "\n");
    }
}
