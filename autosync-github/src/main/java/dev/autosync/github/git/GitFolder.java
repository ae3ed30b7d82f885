package dev.autosync.github.git;

import static dev.autosync.github.git.Refusals.refused;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a repository, opened only if everything in it is its own: no links, no objects of another repository, no foreign owner.
 *
 * <p>Of its configuration nothing is obeyed. It is read for what it says about the format, and for the conversions that it would ask for.
 */
public final class GitFolder {
    private static final int MAX_CONFIG = 1 << 20;
    private static final int MAX_HEAD = 4096;
    private static final Set<String> KNOWN_EXTENSIONS = Set.of("noop", "preciousobjects", "worktreeconfig", "objectformat", "refstorage");

    private final Path root;
    private final Config config;

    private GitFolder(Path root, Config config) {
        this.root = root;
        this.config = config;
    }

    /**
     * Opens the repository of a workspace.
     *
     * @param owner who must own the workspace and the repository; null to take any owner
     */
    public static GitFolder ofWorkspace(Path workspace, @Nullable UserPrincipal owner) throws IOException {
        Path root = workspace.resolve(".git");
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("Cannot publish from " + workspace
                    + ": it has no .git folder; AutoSync publishes only from the top folder of a clone");
        }
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("Cannot publish from " + workspace + ": its .git is a link or a file, as linked worktrees and submodules have; "
                    + "publish from a clone with a .git folder of its own");
        }
        requireOwner(workspace, owner);
        return open(root, owner);
    }

    /** Opens a repository that has no workspace. */
    public static GitFolder bare(Path root, @Nullable UserPrincipal owner) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("Cannot use " + root + " as a remote: it is no folder");
        }
        return open(root, owner);
    }

    private static GitFolder open(Path root, @Nullable UserPrincipal owner) throws IOException {
        requireOwner(root, owner);
        GitFolder unchecked = new GitFolder(root, new Config());
        boolean complete = unchecked.read("HEAD", MAX_HEAD).isPresent() && Files.isDirectory(unchecked.file("objects"))
                && Files.isDirectory(unchecked.file("refs"));
        if (!complete) {
            throw refused("Cannot use " + root + ": it is no git repository");
        }
        GitFolder folder = new GitFolder(root, readConfig(unchecked));
        folder.requireOwnObjects();
        folder.requireKnownFormat();
        return folder;
    }

    private static void requireOwner(Path path, @Nullable UserPrincipal owner) throws IOException {
        UserPrincipal actual = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        if (owner != null && !owner.equals(actual)) {
            throw refused("Cannot use " + path + ": it belongs to " + actual.getName() + " and not to " + owner.getName()
                    + ", who runs this; set allowForeignOwner if that is intended");
        }
    }

    private static Config readConfig(GitFolder folder) throws IOException {
        Config config = new Config();
        try {
            // Includes are not followed: a plain Config has no way to read files.
            config.fromText(new String(folder.read("config", MAX_CONFIG).orElse(new byte[0]), StandardCharsets.UTF_8));
        } catch (ConfigInvalidException e) {
            throw refused("Cannot use " + folder.root + ": its config is not readable; repair it");
        }
        return config;
    }

    private void requireOwnObjects() throws IOException {
        if (Files.exists(root.resolve("commondir"), LinkOption.NOFOLLOW_LINKS)) {
            throw refused("Cannot use " + root + ": it is a linked worktree (commondir); publish from the main clone");
        }
        String alternates = new String(read("objects/info/alternates", MAX_CONFIG).orElse(new byte[0]), StandardCharsets.UTF_8);
        if (!alternates.isBlank()) {
            throw refused("Cannot use " + root + ": it borrows objects of another repository (objects/info/alternates); "
                    + "make it whole with git repack -a -d and delete that file");
        }
    }

    private void requireKnownFormat() {
        for (String extension : config.getNames("extensions")) {
            String value = String.valueOf(config.getString("extensions", null, extension));
            boolean known = KNOWN_EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
            if (!known || extension.equalsIgnoreCase("objectformat") && !value.equals("sha1")
                    || extension.equalsIgnoreCase("refstorage") && !value.equals("files")) {
                throw refused("Cannot use " + root + ": it uses the extension " + extension + "=" + value + ", which AutoSync does not support");
            }
        }
        if (config.getString("core", null, "worktree") != null) {
            throw refused("Cannot use " + root + ": its working tree is elsewhere (core.worktree)");
        }
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /** What the repository's own configuration says. */
    public Config config() {
        return config;
    }

    /**
     * A place in the folder.
     *
     * @param relative with {@code /}; every part of it that exists must not be a link
     * @return an absolute path, which need not exist
     */
    public Path file(String relative) throws IOException {
        Path path = root;
        for (String part : relative.split("/")) {
            path = path.resolve(part);
            if (Files.isSymbolicLink(path)) {
                throw refused("Cannot use " + root + ": " + path + " is a link; AutoSync does not follow links in a repository");
            }
        }
        return path;
    }

    /**
     * Reads a small file.
     *
     * @return empty if it is not there
     * @throws IOException if it is no regular file, or larger than it may be
     */
    public Optional<byte[]> read(String relative, int maxBytes) throws IOException {
        return readRegular(file(relative), maxBytes);
    }

    static Optional<byte[]> readRegular(Path file, int maxBytes) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new IOException(file + " has more than " + maxBytes + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
