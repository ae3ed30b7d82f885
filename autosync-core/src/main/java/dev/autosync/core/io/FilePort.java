package dev.autosync.core.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Every write, force and rename of the engine goes through here, so that tests can count them and make them fail.
 *
 * <p>No operation is disturbed by an interrupt of the calling thread: the flag stays set for whoever asks for it. Symbolic links are
 * never followed at the last step of a path; below the root that a port was made for, at no step. Threads: safe to share.
 */
public interface FilePort {

    /**
     * Reads what stands at a path.
     *
     * @param file the path
     * @param maxBytes the most bytes to read of a regular file
     * @return it, or {@link Image#ABSENT} where nothing stands, or its folder does not exist
     * @throws NotRegularException if something else than a file, a link or a folder stands there, or one of the steps to it is no folder
     * @throws TooLargeException if the file holds more bytes
     */
    Image look(Path file, long maxBytes) throws IOException;

    /**
     * Reads a regular file.
     *
     * @param file the file
     * @param maxBytes the most bytes to read
     * @return its bytes and mode; empty if nothing is there
     * @throws NotRegularException if something other than a regular file is there
     * @throws TooLargeException if the file holds more bytes
     */
    default Optional<FileImage> read(Path file, long maxBytes) throws IOException {
        Image image = look(file, maxBytes);
        if (image.isAbsent()) {
            return Optional.empty();
        }
        if (image instanceof FileImage regular) {
            return Optional.of(regular);
        }
        throw new NotRegularException(file + " is not a regular file");
    }

    /**
     * Creates a file that must not exist yet, with the mode of the image. Nothing is forced.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something stands there
     */
    void create(Path file, FileImage image) throws IOException;

    /** Creates a symbolic link where nothing stands yet. */
    void createLink(Path link, Image.Link image) throws IOException;

    /**
     * Gives a file a second name (hard link), on the same file system. Nothing is forced.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something stands there
     * @throws IOException also where files have only one name
     */
    default void createHardLink(Path link, Path file) throws IOException {
        throw new IOException("no second name can be given to " + file);
    }

    /** Renames a file or a link over another in one step. */
    void replace(Path from, Path to) throws IOException;

    /** Deletes a file or a link, no folder; nothing happens if it is not there. */
    void delete(Path file) throws IOException;

    /** Creates a folder where nothing stands yet; its parent exists. */
    void createFolder(Path folder) throws IOException;

    /** Gives a folder permissions; does nothing where there are none, or for {@link FileImage#NO_MODE}. */
    void setMode(Path folder, int mode) throws IOException;

    /** Deletes a folder if it is empty. Says whether it is gone. */
    boolean deleteEmptyFolder(Path folder) throws IOException;

    /** Makes the content of a file durable. */
    void force(Path file) throws IOException;

    /** Makes the names in a folder durable; does nothing where that is impossible, as on Windows. */
    void forceFolder(Path folder) throws IOException;

    /** Opens a log for appending; creates it if it is not there. */
    AppendLog openLog(Path file) throws IOException;

    /** Does work with many files, whose folders are opened once rather than for each call. */
    default void together(Work work) throws IOException {
        work.run();
    }

    /** File work. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** Something other than a regular file stands where one was expected. */
    final class NotRegularException extends IOException {
        private static final long serialVersionUID = 1L;

        NotRegularException(String message) {
            super(message);
        }
    }

    /** A file is larger than the caller allows. */
    final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }
}
