package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Spelling;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings single paths of a copy into step with a tree. Links are copied as links, and neither tree is ever left through one: whatever the tests have
 * put in the way in the copy is replaced.
 *
 * <p>A copy is a cache: it need not be durable, and one that a crash has left half made is found out by its content. So this does not go through the
 * journal, and large files are copied by the system. For one thread.
 */
final class TreeCopy {
    /** As much as a patch may make of a file. */
    private static final long MAX_FILE_BYTES = 1 << 30;

    private final FilePort files;
    private final Path from;
    private final Path to;
    private final Spelling spelling;
    private final Set<Path> folders = new HashSet<>();

    /**
     * A copy.
     *
     * @param from the root of the tree, only read
     * @param to the root of the copy, an existing folder
     * @param spelling how both take names
     */
    TreeCopy(FilePort files, Path from, Path to, Spelling spelling) {
        this.files = files;
        this.from = from;
        this.to = to;
        this.spelling = spelling;
    }

    /** How many bytes a path of the tree holds; 0 if it is no regular file. */
    long bytes(String path) throws IOException {
        BasicFileAttributes attributes = attributes(source(path));
        return attributes != null && attributes.isRegularFile() ? attributes.size() : 0;
    }

    /** Makes a path of the copy hold what it holds in the tree: a file, a link, a folder or nothing. Says whether it could be read. */
    boolean copy(String path) throws IOException {
        Path source = source(path);
        BasicFileAttributes attributes = attributes(source);
        if (source == null || attributes == null || attributes.isOther()) {
            remove(path);
        } else if (attributes.isDirectory()) {
            folder(PathText.resolve(to, path));
        } else {
            Path target = cleared(path);
            try {
                Files.copy(source, target, NOFOLLOW_LINKS);
            } catch (AccessDeniedException e) {
                if (Files.isReadable(source)) {
                    throw e;
                }
                return false;
            } catch (NoSuchFileException e) {
                // Somebody has deleted it just now.
            }
        }
        return true;
    }

    /**
     * Makes a path of the copy hold a content, or nothing. A file that holds it already is not touched, so that a build does not take it for new.
     * Says whether anything was written.
     */
    boolean write(String path, Optional<FileContent> content) throws IOException {
        if (content.isEmpty()) {
            return remove(path);
        }
        Path target = inside(to, path);
        BasicFileAttributes there = attributes(target);
        FileImage held = target != null && there != null && there.isRegularFile() ? files.read(target, MAX_FILE_BYTES).orElse(null) : null;
        int mode = held != null ? held.mode() : content.get().executable() ? 0755 : FileImage.NO_MODE;
        FileImage wanted = FileImage.of(content.get(), mode);
        if (held != null && held.same(wanted)) {
            return false;
        }
        files.create(cleared(path), wanted);
        return true;
    }

    /**
     * Makes a path of the copy hold nothing, and takes away the folders above it that the tree does not have and that are empty then. A folder that
     * is not empty holds what snapshots do not see, and stays. Says whether anything was deleted.
     */
    private boolean remove(String path) throws IOException {
        Path target = inside(to, path);
        if (target == null || attributes(target) == null || !deleted(target)) {
            return false;
        }
        String above = path;
        for (int slash = above.lastIndexOf('/'); slash > 0; slash = above.lastIndexOf('/')) {
            above = above.substring(0, slash);
            Path folder = PathText.resolve(to, above);
            Path original = source(above);
            if (original != null && Files.isDirectory(original, NOFOLLOW_LINKS) || !deleted(folder)) {
                break;
            }
            folders.remove(folder);
        }
        return true;
    }

    private static boolean deleted(Path path) throws IOException {
        try {
            openUp(path.getParent());
            return Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /** The place of a path in the copy, at which nothing is, in a folder that is there. */
    private Path cleared(String path) throws IOException {
        Path target = PathText.resolve(to, path);
        openUp(folder(target.getParent()));
        deleteTree(target);
        folders.removeIf(known -> known.startsWith(target));
        return target;
    }

    /** Sees that a folder of the copy is there, and is one at each step. */
    private Path folder(@Nullable Path folder) throws IOException {
        if (folder == null || folder.equals(to) || !folder.startsWith(to)) {
            return to;
        }
        if (!folders.contains(folder)) {
            folder(folder.getParent());
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                deleteTree(folder);
                openUp(folder.getParent());
                files.createFolder(folder);
            }
            folders.add(folder);
        }
        return folder;
    }

    /** A path of the tree; null if it leads through something other than a folder. */
    @Nullable Path source(String path) {
        return inside(from, path);
    }

    private static @Nullable Path inside(Path root, String path) {
        Path step = root;
        int begin = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', begin)) {
            step = PathText.resolve(step, path.substring(begin, slash));
            if (!Files.isDirectory(step, NOFOLLOW_LINKS)) {
                return null;
            }
            begin = slash + 1;
        }
        return PathText.resolve(step, path.substring(begin));
    }

    /** What is there under exactly this name; null for nothing. */
    private @Nullable BasicFileAttributes attributes(@Nullable Path file) throws IOException {
        try {
            return file == null || spelling.otherwise(file).isPresent() ? null
                    : Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Deletes whatever is at a path, a folder with all that is in it; no link is followed. Nothing happens if nothing is there. */
    static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            openUp(path);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    deleteTree(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    /** Tests may leave folders that nobody may write to. */
    private static void openUp(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isWritable(folder) && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
