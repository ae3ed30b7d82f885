package dev.autosync.core.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

/** Writes whole files of the engine's own so that a reader sees the old or the new one, never half of it. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces a file; after a power cut the old one may be back. For what can be made again: reports, caches, records of owners. */
    public static void write(FilePort files, Path file, byte[] bytes) throws IOException {
        Path temporary = temporary(file);
        cleanly(files, temporary, () -> {
            files.create(temporary, new FileImage(bytes, FileImage.NO_MODE));
            files.replace(temporary, file);
        });
    }

    /** The same for text, kept as UTF-8. */
    public static void write(FilePort files, Path file, String text) throws IOException {
        write(files, file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file; when this returns, the new one survives a power cut. */
    public static void writeDurably(FilePort files, Path file, FileImage image) throws IOException {
        Path temporary = temporary(file);
        cleanly(files, temporary, () -> {
            files.create(temporary, image);
            files.force(temporary);
            files.replace(temporary, file);
            files.forceFolder(Objects.requireNonNull(file.getParent(), "a file lies in a folder"));
        });
    }

    /**
     * Makes a file that is not there yet, whole from the beginning; when this returns, it survives a power cut. Where files have only one name, one that has come to be
     * meanwhile is replaced.
     *
     * @return whether it was made; false if somebody else was first
     */
    public static boolean createDurably(FilePort files, Path file, FileImage image) throws IOException {
        Path temporary = temporary(file);
        boolean[] first = {true};
        cleanly(files, temporary, () -> {
            files.create(temporary, image);
            files.force(temporary);
            first[0] = named(files, temporary, file);
            files.forceFolder(Objects.requireNonNull(file.getParent(), "a file lies in a folder"));
        });
        return first[0];
    }

    private static boolean named(FilePort files, Path temporary, Path file) throws IOException {
        try {
            files.createHardLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            files.delete(temporary);
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            files.replace(temporary, file);
            return true;
        }
        files.delete(temporary);
        return true;
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Leaves no temporary file behind that did not become the file. */
    private static void cleanly(FilePort files, Path temporary, FilePort.Work work) throws IOException {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            try {
                files.delete(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }
}
