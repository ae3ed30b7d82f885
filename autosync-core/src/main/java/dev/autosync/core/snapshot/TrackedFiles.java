package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a workspace git tracks, as the index of its repository says. Whatever cannot be told counts as tracked: an index that is damaged or
 * of an unknown kind, a file below a repository in the workspace, a name that differs in nothing but case.
 *
 * <p>Only read, and never followed out of the workspace, unless the folder outside says itself that it belongs to this working tree
 * ({@code git worktree}). A workspace that is a folder within a repository counts as one without. Cost: one pass over the index. Threads: immutable.
 */
public final class TrackedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedFiles.class);
    private static final long MAX_INDEX_BYTES = 256 << 20;
    private static final long MAX_POINTER_BYTES = 8 << 10;

    private final Workspace workspace;
    private final boolean repository;
    private final @Nullable Set<String> names;
    private final Set<String> folded = new HashSet<>();

    private TrackedFiles(Workspace workspace, boolean repository, @Nullable Set<String> names) {
        this.workspace = workspace;
        this.repository = repository;
        this.names = names;
        if (names != null) {
            names.forEach(name -> folded.add(fold(name)));
        }
    }

    /** Reads the index of a workspace. */
    public static TrackedFiles of(Workspace workspace, FilePort files) {
        Path git = workspace.root().resolve(".git");
        if (!Files.exists(git, NOFOLLOW_LINKS)) {
            return new TrackedFiles(workspace, false, Set.of());
        }
        try {
            Path folder = Files.isDirectory(git, NOFOLLOW_LINKS) ? git : linkedFolder(files, git);
            Optional<FileImage> index = files.read(folder.resolve("index"), MAX_INDEX_BYTES);
            if (index.isEmpty() && !Files.isRegularFile(folder.resolve("HEAD"), NOFOLLOW_LINKS)) {
                throw new IOException(folder + " is no repository");
            }
            return new TrackedFiles(workspace, true, index.isEmpty() ? Set.of() : GitIndex.names(index.get().bytes()));
        } catch (IOException | InvalidPathException e) {
            LOG.warn("Cannot tell what git tracks in {}; everything counts as tracked", workspace.root(), e);
            return new TrackedFiles(workspace, true, null);
        }
    }

    /** The folder of a working tree whose {@code .git} is a file; it must name that file in turn. */
    private static Path linkedFolder(FilePort files, Path git) throws IOException {
        String text = text(files, git);
        if (!text.startsWith("gitdir: ")) {
            throw new IOException(git + " does not say where the repository is");
        }
        Path folder = git.resolveSibling(text.substring("gitdir: ".length())).normalize();
        if (!Path.of(text(files, folder.resolve("gitdir"))).normalize().equals(git)) {
            throw new IOException(folder + " does not belong to " + git);
        }
        return folder;
    }

    private static String text(FilePort files, Path file) throws IOException {
        FileImage image = files.read(file, MAX_POINTER_BYTES).orElseThrow(() -> new IOException(file + " is not there"));
        return new String(image.bytes(), StandardCharsets.UTF_8).strip();
    }

    /** Whether the workspace is the working tree of a repository. */
    public boolean isRepository() {
        return repository;
    }

    /** Whether a file is tracked, or nobody can tell. */
    public boolean isTracked(String path) {
        if (!repository) {
            return false;
        }
        if (names == null || folded.contains(fold(path))) {
            return true;
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            String above = path.substring(0, slash);
            // Folders of a sparse index, submodules, and repositories that git itself would not look into.
            if (folded.contains(fold(above + "/")) || folded.contains(fold(above))
                    || Files.exists(PathText.resolve(workspace.root(), above).resolve(".git"), NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** The names of the index; empty if it cannot be read. */
    Optional<Set<String>> names() {
        return Optional.ofNullable(names);
    }

    private static String fold(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
