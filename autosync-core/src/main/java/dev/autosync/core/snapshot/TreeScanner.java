package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree into a snapshot. A file is hashed only if its size, time, inode or mode have changed since an earlier snapshot, or if
 * it was changed so shortly before that one that a second change could have left the time as it was.
 *
 * <p>Source: git, Documentation/technical/racy-git.adoc. Left out: {@code .git} and {@code .autosync} at any depth, what the globs
 * name, empty folders, sockets and the like. Cost: one stat a file, plus the bytes that must be hashed.
 */
public final class TreeScanner {
    /** Twice the coarsest time stamp in use, FAT's two seconds, would be 4 s; no file system that we lock on is FAT. */
    private static final long RACY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Workspace workspace;
    private final Clock clock;
    private final List<PathMatcher> excluded;
    private final boolean posix;
    private final Sha256 sha256 = new Sha256();

    /**
     * A scanner.
     *
     * @param globs paths to leave out, relative to the root; a glob that ends with {@code /**} leaves out the folder itself
     */
    public TreeScanner(Workspace workspace, List<String> globs, Clock clock) {
        this.workspace = workspace;
        this.clock = clock;
        this.posix = workspace.root().getFileSystem().supportedFileAttributeViews().contains("posix");
        this.excluded = globs.stream()
                .map(glob -> glob.endsWith("/**") ? glob.substring(0, glob.length() - 3) : glob)
                .map(glob -> workspace.root().getFileSystem().getPathMatcher("glob:" + glob))
                .toList();
    }

    /**
     * Reads the tree.
     *
     * @param earlier a snapshot of the same tree whose hashes may be used again, or null
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_IO} if a folder cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public Snapshot scan(@Nullable Snapshot earlier) throws InterruptedException {
        Instant now = clock.instant();
        long scannedAt = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        List<Entry> entries = new ArrayList<>();
        try {
            scan(workspace.root(), "", earlier, entries);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while reading " + workspace.root());
        } catch (IOException | DirectoryIteratorException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot take a snapshot of " + workspace.root() + ": " + e
                    + ". Make it readable, or exclude it from snapshots", e);
        }
        entries.sort(Comparator.comparing(Entry::path));
        return new Snapshot(entries, scannedAt);
    }

    private void scan(Path folder, String prefix, @Nullable Snapshot earlier, List<Entry> entries)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading " + workspace.root());
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                String path = prefix + name;
                if (name.equals(".git") || name.equals(Workspace.STATE_FOLDER) || excluded(path)) {
                    continue;
                }
                BasicFileAttributes attributes = attributes(child);
                if (attributes == null) {
                    continue;
                }
                if (attributes.isDirectory()) {
                    scan(child, path + "/", earlier, entries);
                } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                    entry(child, path, attributes, earlier).ifPresent(entries::add);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Somebody deletes as we read; the next scan sees what is left.
            if (folder.equals(workspace.root())) {
                throw e;
            }
        }
    }

    private boolean excluded(String path) {
        if (excluded.isEmpty()) {
            return false;
        }
        Path relative = workspace.root().getFileSystem().getPath(path);
        return excluded.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    private @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return posix ? Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS)
                    : Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Optional<Entry> entry(Path file, String path, BasicFileAttributes attributes, @Nullable Snapshot earlier)
            throws IOException {
        boolean executable = attributes.isRegularFile() && attributes instanceof PosixFileAttributes p
                && p.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        long mtime = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String key = attributes.fileKey() == null ? "" : attributes.fileKey().toString();
        Optional<Entry> known = earlier == null ? Optional.empty() : earlier.entry(path);
        if (known.isPresent() && earlier != null && unchanged(known.get(), attributes, mtime, key, earlier.scannedAtNanos())) {
            Entry before = known.get();
            return Optional.of(before.executable() == executable ? before
                    : new Entry(path, before.link(), executable, before.size(), mtime, key, before.sha256()));
        }
        try {
            byte[] hash = attributes.isSymbolicLink()
                    ? Sha256.digest().digest(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8))
                    : sha256.ofFile(file);
            return Optional.of(new Entry(path, attributes.isSymbolicLink(), executable, attributes.size(), mtime, key, hash));
        } catch (AccessDeniedException e) {
            return Optional.of(new Entry(path, false, executable, attributes.size(), mtime, key, new byte[0]));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean unchanged(Entry known, BasicFileAttributes attributes, long mtime, String key, long knownSince) {
        return known.link() == attributes.isSymbolicLink() && known.size() == attributes.size() && known.mtimeNanos() == mtime
                && known.fileKey().equals(key) && known.sha256().length > 0 && mtime + RACY_NANOS < knownSince;
    }
}
