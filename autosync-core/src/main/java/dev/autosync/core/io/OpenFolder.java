package dev.autosync.core.io;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.List;
import java.util.Set;

/**
 * A folder that is open, so that what is done to a name in it is done in this very folder, whatever somebody puts in the place of it or of one above
 * it meanwhile. Reached from a root step by step, none of which may be a symbolic link ({@code openat} with {@code O_NOFOLLOW}).
 *
 * <p>Where the system knows no such calls (Windows), paths are looked at right before each use instead. Cost: one open a step. Close it.
 */
abstract class OpenFolder implements AutoCloseable {

    /**
     * Opens a folder.
     *
     * @param root a real path that is trusted
     * @param folder the root or a folder below it
     * @throws NoSuchFileException if it does not exist
     * @throws FilePort.NotRegularException if one of the steps is no folder
     */
    static OpenFolder open(Path root, Path folder) throws IOException {
        DirectoryStream<Path> top = Files.newDirectoryStream(root);
        if (!(top instanceof SecureDirectoryStream<Path> secure)) {
            top.close();
            return new Watched(root, folder);
        }
        Path below = root.relativize(folder);
        SecureDirectoryStream<Path> at = secure;
        if (!below.toString().isEmpty()) {
            for (Path name : below) {
                try (SecureDirectoryStream<Path> above = at) {
                    at = above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                } catch (NoSuchFileException e) {
                    throw e;
                } catch (IOException e) {
                    throw notAFolder(folder, name, e);
                }
            }
        }
        return new Held(at, folder);
    }

    /** A folder that nobody but its owner can put anything in the place of. */
    static OpenFolder trusted(Path folder) throws IOException {
        return new Watched(folder, folder);
    }

    private static IOException notAFolder(Path folder, Path name, IOException e) {
        if (e instanceof NotDirectoryException || String.valueOf(e.getMessage()).contains("symbolic links")
                || String.valueOf(e.getMessage()).contains("Not a directory")) {
            FilePort.NotRegularException refused = new FilePort.NotRegularException(folder + ": '" + PathText.of(name) + "' is no folder");
            refused.initCause(e);
            return refused;
        }
        return e;
    }

    abstract <V extends FileAttributeView> V view(Path name, Class<V> type);

    abstract SeekableByteChannel channel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException;

    abstract void rename(Path from, Path to) throws IOException;

    /** Renames a name of this folder to one of another. */
    abstract void renameTo(Path from, OpenFolder other, Path to) throws IOException;

    abstract void deleteFile(Path name) throws IOException;

    abstract void deleteFolder(Path name) throws IOException;

    @Override
    public abstract void close() throws IOException;

    /** An open directory. */
    private static final class Held extends OpenFolder {
        private final SecureDirectoryStream<Path> directory;

        Held(SecureDirectoryStream<Path> directory, Path folder) {
            this.directory = directory;
        }

        @Override
        <V extends FileAttributeView> V view(Path name, Class<V> type) {
            return directory.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        SeekableByteChannel channel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return directory.newByteChannel(name, options, attributes);
        }

        @Override
        void rename(Path from, Path to) throws IOException {
            directory.move(from, directory, to);
        }

        @Override
        void renameTo(Path from, OpenFolder other, Path to) throws IOException {
            directory.move(from, ((Held) other).directory, to);
        }

        @Override
        void deleteFile(Path name) throws IOException {
            directory.deleteFile(name);
        }

        @Override
        void deleteFolder(Path name) throws IOException {
            directory.deleteDirectory(name);
        }

        @Override
        public void close() throws IOException {
            directory.close();
        }
    }

    /** A path that is looked at. */
    private static final class Watched extends OpenFolder {
        private final Path folder;

        Watched(Path root, Path folder) throws IOException {
            this.folder = folder;
            Path step = root;
            for (Path name : root.equals(folder) ? List.<Path>of() : root.relativize(folder)) {
                step = step.resolve(name);
                if (Files.exists(step, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FilePort.NotRegularException(folder + ": '" + name + "' is no folder");
                }
            }
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(folder.toString());
            }
        }

        @Override
        <V extends FileAttributeView> V view(Path name, Class<V> type) {
            return Files.getFileAttributeView(folder.resolve(name), type, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        SeekableByteChannel channel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return Files.newByteChannel(folder.resolve(name), options, attributes);
        }

        @Override
        void rename(Path from, Path to) throws IOException {
            renameTo(from, this, to);
        }

        @Override
        void renameTo(Path from, OpenFolder other, Path to) throws IOException {
            Files.move(folder.resolve(from), ((Watched) other).folder.resolve(to), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        void deleteFile(Path name) throws IOException {
            if (Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw new FilePort.NotRegularException(folder.resolve(name) + " is a folder");
            }
            Files.delete(folder.resolve(name));
        }

        @Override
        void deleteFolder(Path name) throws IOException {
            Files.delete(folder.resolve(name));
        }

        @Override
        public void close() {}
    }
}
