package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree into a snapshot. A file is hashed only if its size, time, inode or mode have changed since an earlier snapshot, or if
 * it was changed so shortly before that one that a second change could have left the time as it was; the names of a folder are read on
 * the same terms.
 *
 * <p>Source: git, Documentation/technical/racy-git.adoc. Left out: {@code .git} and {@code .autosync} at any depth, what the globs
 * name, what {@code .gitignore} files and {@code .git/info/exclude} name as they stand, sockets and the like. Cost: one stat for each file and each
 * folder, plus the names and bytes that must be read. Threads: safe to share; a scan has a few of its own, which have ended when it ends.
 */
public final class TreeScanner {
    private final Workspace workspace;
    private final Path clone;
    private final Clock clock;
    private final List<String> globs;
    private final List<PathMatcher> excluded;
    private final boolean gitignore;
    private final ToLongFunction<Path> granularity;

    /** Of the file system's clock, in nanoseconds; negative until it is measured. */
    private final AtomicLong measured = new AtomicLong(-1);
    private final AtomicReference<@Nullable IgnoreRules> rules = new AtomicReference<>();

    /**
     * A scanner that leaves out what {@code .gitignore} files name.
     *
     * @param globs paths to leave out, relative to the root; a glob that ends with {@code /**} leaves out the folder itself
     */
    public TreeScanner(Workspace workspace, List<String> globs, Clock clock) {
        this(workspace, globs, true, clock);
    }

    /**
     * A scanner.
     *
     * @param globs paths to leave out, relative to the root; a glob that ends with {@code /**} leaves out the folder itself
     * @param gitignore whether what {@code .gitignore} files and {@code .git/info/exclude} name is left out
     */
    public TreeScanner(Workspace workspace, List<String> globs, boolean gitignore, Clock clock) {
        this(workspace, globs, gitignore, clock, Trust::granularity);
    }

    /**
     * A scanner of a copy of a tree, which is read by the rules of the tree: a copy has no {@code .git/info/exclude} of its own.
     *
     * @param copy the copy
     */
    public TreeScanner ofCopy(Workspace copy) {
        return new TreeScanner(copy, clone, globs, gitignore, clock, granularity);
    }

    /** A scanner that takes the granularity of the file system's clock, in nanoseconds, from somebody else; he is given the state folder. */
    TreeScanner(Workspace workspace, List<String> globs, boolean gitignore, Clock clock, ToLongFunction<Path> granularity) {
        this(workspace, workspace.root(),
                globs.stream().map(glob -> glob.endsWith("/**") ? glob.substring(0, glob.length() - 3) : glob).toList(), gitignore, clock,
                granularity);
    }

    private TreeScanner(Workspace workspace, Path clone, List<String> globs, boolean gitignore, Clock clock, ToLongFunction<Path> granularity) {
        this.workspace = workspace;
        this.clone = clone;
        this.clock = clock;
        this.gitignore = gitignore;
        this.granularity = granularity;
        FileSystem system = workspace.root().getFileSystem();
        this.globs = globs;
        this.excluded = globs.stream().map(glob -> system.getPathMatcher("glob:" + glob)).toList();
    }

    /** Reads the tree, see {@link #scan(Snapshot, ContentSink)}. */
    public Snapshot scan(@Nullable Snapshot earlier) throws InterruptedException {
        return scan(earlier, ContentSink.NONE);
    }

    /**
     * Reads the tree.
     *
     * @param earlier a snapshot of the same tree whose hashes may be used again, or null; the latest one that this scanner has taken makes for the
     *     least work
     * @param sink takes the contents that are read
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_IO} if a folder cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public Snapshot scan(@Nullable Snapshot earlier, ContentSink sink) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before reading " + workspace.root());
        }
        Instant now = clock.instant();
        long scannedAt = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        try {
            BasicFileAttributes root = attributes(workspace.root());
            Trust elsewhere = new Trust(scannedAt, Trust.COARSEST_NANOS);
            Trust trust = new Trust(scannedAt, granularity(root));
            Scan scan = new Scan(this::excluded, workspace.keepsModes(), gitignore, trust, elsewhere, FileKeys.device(root), keyOfLock(), sink);
            Folder known = earlier == null ? null : earlier.root();
            FolderScan whole = new FolderScan(scan, workspace.root(), known, rules(trust));
            Folder folder = run(whole);
            return earlier == null ? Snapshot.first(folder, scannedAt, scan.cost()) : earlier.next(folder, scannedAt, scan.cost());
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot take a snapshot of " + workspace.root() + ": "
                    + e + ". Make it readable, or exclude it from snapshots", e);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Measured once, in the state folder: as soon as there is one, and only if it lies on the file system of the root. */
    private long granularity(BasicFileAttributes root) {
        if (measured.get() < 0) {
            Path state = workspace.root().resolve(Workspace.STATE_FOLDER);
            try {
                BasicFileAttributes attributes = attributes(state);
                if (!attributes.isDirectory() || !FileKeys.device(attributes).equals(FileKeys.device(root))) {
                    return Trust.COARSEST_NANOS;
                }
            } catch (IOException e) {
                return Trust.COARSEST_NANOS;
            }
            measured.set(granularity.applyAsLong(state));
        }
        return measured.get();
    }

    /** The rules of the root; the same object as long as they are the same. */
    private IgnoreRules rules(Trust trust) throws IOException {
        IgnoreRules before = rules.get();
        IgnoreFile exclude = gitignore ? exclude(before == null ? null : before.file(), trust) : null;
        List<String> settings = new ArrayList<>(globs);
        settings.add(String.valueOf(gitignore));
        IgnoreRules now = IgnoreRules.root(settings, exclude);
        if (before != null && before.same(now.sha256()) && before.file() == exclude) {
            return before;
        }
        rules.set(now);
        return now;
    }

    /** The patterns of one's own clone; through no link, and not through the file that takes the place of {@code .git} in a linked work tree. */
    private @Nullable IgnoreFile exclude(@Nullable IgnoreFile before, Trust trust) throws IOException {
        Path git = clone.resolve(".git");
        Path info = git.resolve("info");
        for (Path folder : new Path[] {git, info}) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
        }
        return IgnoreFile.read(info.resolve("exclude"), before, trust);
    }

    /** The lock of the workspace may have another name by a hard link, as a copy with {@code cp -l} makes it. */
    private @Nullable Object keyOfLock() {
        try {
            return attributes(workspace.state("lock")).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private Folder run(FolderScan root) throws IOException, InterruptedException {
        try (ScanPool pool = new ScanPool()) {
            Folder folder = pool.run(root);
            if (folder == null) {
                throw new NotDirectoryException(workspace.root().toString());
            }
            return folder;
        } catch (ExecutionException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof UncheckedIOException io) {
                    throw io.getCause();
                }
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
