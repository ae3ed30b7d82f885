package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree into a snapshot. A file is hashed only if its size, time, inode or mode have changed since an earlier snapshot, or if
 * it was changed so shortly before that one that a second change could have left the time as it was.
 *
 * <p>Source: git, Documentation/technical/racy-git.adoc. Left out: {@code .git} and {@code .autosync} at any depth, what the globs
 * name, empty folders, sockets and the like. Cost: one stat a file, plus the bytes that must be hashed. Threads: a few of its own, which
 * have ended when a scan ends.
 */
public final class TreeScanner {
    private final Workspace workspace;
    private final Clock clock;
    private final List<PathMatcher> excluded;
    private final boolean posix;

    /**
     * A scanner.
     *
     * @param globs paths to leave out, relative to the root; a glob that ends with {@code /**} leaves out the folder itself
     */
    public TreeScanner(Workspace workspace, List<String> globs, Clock clock) {
        this.workspace = workspace;
        this.clock = clock;
        FileSystem system = workspace.root().getFileSystem();
        this.posix = system.supportedFileAttributeViews().contains("posix");
        this.excluded = globs.stream()
                .map(glob -> glob.endsWith("/**") ? glob.substring(0, glob.length() - 3) : glob)
                .map(glob -> system.getPathMatcher("glob:" + glob))
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
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before reading " + workspace.root());
        }
        Instant now = clock.instant();
        long scannedAt = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        LongAdder cost = new LongAdder();
        FolderScan.Rules rules = new FolderScan.Rules(this::excluded, posix, earlier == null ? Map.of() : earlier.byPath(),
                earlier == null ? 0 : earlier.scannedAtNanos(), cost, ThreadLocal.withInitial(Sha256::new), keyOfLock());
        List<Entry> entries = run(new FolderScan(rules, workspace.root(), ""));
        // Folder by folder they are in order already.
        entries.sort(Comparator.comparing(Entry::path));
        return earlier == null ? Snapshot.first(entries, scannedAt, cost.sum()) : earlier.next(entries, scannedAt, cost.sum());
    }

    /** The lock of the workspace may have another name by a hard link, as a copy with {@code cp -l} makes it. */
    private String keyOfLock() {
        try {
            return String.valueOf(Files.readAttributes(workspace.state("lock"), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
        } catch (IOException e) {
            return "";
        }
    }

    private List<Entry> run(FolderScan root) throws InterruptedException {
        try (ScanPool pool = new ScanPool()) {
            return pool.run(root);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot take a snapshot of " + workspace.root() + ": "
                        + io.getCause() + ". Make it readable, or exclude it from snapshots", io.getCause());
            }
            throw new IllegalStateException("Cannot take a snapshot of " + workspace.root(), e.getCause());
        }
    }

    private boolean excluded(Path file) {
        if (excluded.isEmpty()) {
            return false;
        }
        // Not made of the text of the path: where the locale cannot spell a name, no path can be made of it again.
        Path relative = workspace.root().relativize(file);
        return excluded.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
