package dev.autosync.core.io;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.PathRefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The root of a workspace, and the only door through which a path that came from outside becomes a file of it.
 *
 * <p>Threads: immutable.
 */
public final class Workspace {
    /** The engine's own folder. */
    public static final String STATE_FOLDER = ".autosync";

    private static final int MAX_PATH_BYTES = 4096;

    /** What the names of temporary files and of the folder of conflicts may add to a path. */
    private static final int ROOM_BYTES = 256;
    private static final int MAX_NAME_BYTES = 255;
    private static final boolean BACKSLASH_SEPARATES = File.separatorChar == '\\';

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    /** How the file system takes names. Known once the engine's own folder is there, on the same one; it is tried out with each call. */
    public Spelling spelling() {
        Path own = ownFolder();
        return sharesFileSystem(own, root) ? Spelling.of(own) : Spelling.EXACT;
    }

    /**
     * Whether the file system keeps who may execute a file. Known once the engine's own folder is there, on the same one; it is tried out with each call.
     */
    public boolean keepsModes() {
        return Modes.kept(root, ownFolder());
    }

    /** A folder of the engine's own: that of the workspace, or the one that this is a part or a copy in. */
    private Path ownFolder() {
        Path own = root.resolve(STATE_FOLDER);
        for (Path above = root; above != null && !Files.isDirectory(own, NOFOLLOW_LINKS); above = above.getParent()) {
            own = above.endsWith(STATE_FOLDER) ? above : above.resolve(STATE_FOLDER);
        }
        return own;
    }

    /** Whether two things are there and lie on one file system. By number, where there are numbers: the store of a file is searched for in a list of all. */
    static boolean sharesFileSystem(Path file, Path other) {
        try {
            return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? Files.getAttribute(file, "unix:dev", NOFOLLOW_LINKS).equals(Files.getAttribute(other, "unix:dev", NOFOLLOW_LINKS))
                    : Files.getFileStore(file).equals(Files.getFileStore(other));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The workspace at a folder.
     *
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_NOT_FOUND}
     */
    public static Workspace at(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_NOT_FOUND, "Cannot open the workspace " + absolute + ": "
                    + (Files.exists(absolute) ? "it is not a folder" : "it does not exist") + ". Name an existing folder");
        }
        try {
            return new Workspace(absolute.toRealPath());
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_NOT_FOUND,
                    "Cannot open the workspace " + absolute + ": " + e.getMessage(), e);
        }
    }

    /** The root, without symbolic links in it. */
    public Path root() {
        return root;
    }

    /** A place in the engine's own folder. */
    public Path state(String name) {
        return root.resolve(STATE_FOLDER).resolve(name);
    }

    /** The engine's own folder, created if need be, and never through a link that somebody left there. */
    public Path createState() {
        Path state = root.resolve(STATE_FOLDER);
        boolean fresh = Files.notExists(state, NOFOLLOW_LINKS);
        createFolder(state);
        if (fresh) {
            try {
                // Version control is to ignore the folder without anybody's help.
                Files.writeString(state.resolve(".gitignore"), "*\n");
            } catch (IOException e) {
                throw unusable(state, e.toString(), e);
            }
        }
        return state;
    }

    /** A folder in the engine's own, created if need be, and never through a link that somebody left there. */
    public Path createStateFolder(String name) {
        createState();
        Path folder = state(name);
        createFolder(folder);
        return folder;
    }

    /** A folder in the engine's own that somebody else will create; neither it nor the one above is a link. */
    public Path checkStateFolder(String name) {
        for (Path folder : new Path[] {root.resolve(STATE_FOLDER), state(name)}) {
            if (Files.exists(folder, NOFOLLOW_LINKS) && !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                throw unusable(folder, "it is not a folder. Remove it", null);
            }
        }
        return state(name);
    }

    private static void createFolder(Path folder) {
        try {
            if (Files.notExists(folder, NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster; what they made is looked at below.
        } catch (IOException e) {
            throw unusable(folder, e.toString(), e);
        }
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            throw unusable(folder, "it is not a folder. Remove it", null);
        }
    }

    private static AutoSyncException unusable(Path folder, String why, @Nullable Throwable cause) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot use " + folder + ": " + why, cause);
    }

    /**
     * The file that a path from outside means.
     *
     * @param path relative to the root, with {@code /}
     * @return an absolute path below the root, no existing step of which is a symbolic link; a regular file or nothing is there
     * @throws PathRefusedException if the path may not be touched
     */
    public Path resolve(String path) {
        Path file = resolveSteps(path);
        if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw refused(path, Files.isSymbolicLink(file) ? "it is a symbolic link"
                    : Files.isDirectory(file, NOFOLLOW_LINKS) ? "it is a folder" : "it is no regular file");
        }
        return file;
    }

    /**
     * The folder that a path from outside means.
     *
     * @param path relative to the root, with {@code /}
     * @return an absolute path below the root, no existing step of which is a symbolic link; a folder or nothing is there
     * @throws PathRefusedException if the path may not be touched
     */
    public Path resolveFolder(String path) {
        Path folder = resolveSteps(path);
        if (Files.exists(folder, NOFOLLOW_LINKS) && !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            throw refused(path, Files.isSymbolicLink(folder) ? "it is a symbolic link" : "it is not a folder");
        }
        return folder;
    }

    /**
     * The place that a path means which the engine itself has written down: of an entry of a snapshot, of a record of the journal. Whether its steps
     * are folders is for the port to see, when it opens them.
     *
     * @param path relative to the root, with {@code /}, as {@link PathText}; unlike a path from outside it may hold control characters
     * @return an absolute path below the root; whatever stands there
     * @throws PathRefusedException if the path may not be touched
     */
    public Path place(String path) {
        return steps(path, false);
    }

    /**
     * What stands in the way of a path: a step above it that is no folder.
     *
     * @param path relative to the root, with {@code /}
     * @return the path of that step; null if all steps are folders, or missing
     */
    public @Nullable String obstacle(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Path step = steps(path.substring(0, slash), true);
            if (Files.exists(step, NOFOLLOW_LINKS) && !Files.isDirectory(step, NOFOLLOW_LINKS)) {
                return path.substring(0, slash);
            }
        }
        return null;
    }

    private Path resolveSteps(String path) {
        checkText(path);
        return steps(path, true);
    }

    private Path steps(String path, boolean looking) {
        checkShape(path);
        int most = MAX_PATH_BYTES - ROOM_BYTES - root.toString().getBytes(StandardCharsets.UTF_8).length;
        if (path.getBytes(StandardCharsets.UTF_8).length > most) {
            throw refused(path, "it is longer than " + most + " bytes, the most that this workspace can hold");
        }
        Path file = root;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            checkName(path, names[i]);
            try {
                file = PathText.resolve(file, names[i]);
            } catch (InvalidPathException e) {
                throw refused(path, "this system cannot have such a name");
            }
            boolean last = i == names.length - 1;
            if (looking && !last && Files.exists(file, NOFOLLOW_LINKS) && !Files.isDirectory(file, NOFOLLOW_LINKS)) {
                throw refused(path, Files.isSymbolicLink(file) ? "it leads through the symbolic link " + names[i]
                        : names[i] + " is not a folder");
            }
        }
        return file;
    }

    /** The path of a file below the root, with {@code /}. */
    public String relative(Path file) {
        return PathText.of(root, file);
    }

    private static void checkText(String path) {
        checkShape(path);
        if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw refused(path, "it holds a control character");
        }
    }

    private static void checkShape(String path) {
        if (path.isEmpty()) {
            throw new PathRefusedException("Cannot touch the empty path. Name a file relative to the workspace");
        }
        if (path.startsWith("/") || BACKSLASH_SEPARATES && (path.indexOf('\\') >= 0 || path.indexOf(':') >= 0)) {
            throw refused(path, "it is not relative to the workspace");
        }
    }

    private static void checkName(String path, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw refused(path, "'" + name + "' is not a name");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw refused(path, "a name in it is longer than " + MAX_NAME_BYTES + " bytes");
        }
        String folded = fold(name);
        if (folded.equals(".git") || folded.equals("git~1")) {
            throw refused(path, "it lies in the folder of git");
        }
        if (folded.equals(STATE_FOLDER) || folded.equals("autosy~1")) {
            throw refused(path, "it lies in the folder of AutoSync");
        }
    }

    /**
     * The name as the most careless file system would read it: case-blind, without trailing dots and spaces (NTFS), without a stream's
     * name (NTFS), without the code points that HFS+ ignores.
     */
    private static String fold(String name) {
        StringBuilder folded = new StringBuilder();
        name.codePoints().filter(c -> !ignoredByHfs(c)).forEach(folded::appendCodePoint);
        int colon = folded.indexOf(":");
        if (colon >= 0) {
            folded.setLength(colon);
        }
        while (folded.length() > 0 && (folded.charAt(folded.length() - 1) == '.' || folded.charAt(folded.length() - 1) == ' ')) {
            folded.setLength(folded.length() - 1);
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /* Source: git, path safety on HFS+ (utf8.c, next_hfs_char lists the same ranges). */
    private static boolean ignoredByHfs(int c) {
        return c >= 0x200c && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x206a && c <= 0x206f || c == 0xfeff;
    }

    private static PathRefusedException refused(String path, String why) {
        return new PathRefusedException("Cannot touch '" + Untrusted.line(path, 200) + "': " + why);
    }
}
