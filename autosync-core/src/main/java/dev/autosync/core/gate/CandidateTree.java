package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the workspace in which patches are tested. What it holds is known by its content alone, whoever made it: it is read anew before each use,
 * and only what is not as it should be is written. What snapshots do not see is left there, so that builds stay warm.
 *
 * <p>For one thread at a time.
 */
final class CandidateTree {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateTree.class);

    /** What must be left for what the tests themselves write. */
    private static final long RESERVED_BYTES = 64 << 20;
    private static final String IGNORE_FILE = ".gitignore";

    private final Workspace workspace;
    private final FilePort files;
    private final Path root;
    private final Function<Workspace, TreeScanner> scanners;
    private final List<String> included;
    private final ToLongFunction<Path> usableBytes;
    private final Set<String> changedByTests = new TreeSet<>();
    private final Set<String> outOfStep = new TreeSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private @Nullable TreeScanner scanner;
    private @Nullable Snapshot seen;
    private @Nullable Snapshot left;
    private @Nullable Snapshot includedFor;

    /**
     * A copy, which need not be there yet.
     *
     * @param root where it is
     * @param scanners makes what reads a tree as the workspace is read
     * @param included what is to be there beside what snapshots see
     * @param usableBytes how much can be written at a place
     */
    CandidateTree(Workspace workspace, FilePort files, Path root, Function<Workspace, TreeScanner> scanners, List<String> included,
            ToLongFunction<Path> usableBytes) {
        this.workspace = workspace;
        this.files = files;
        this.root = root;
        this.scanners = scanners;
        this.included = included;
        this.usableBytes = usableBytes;
    }

    Path root() {
        return root;
    }

    /**
     * Makes the copy hold a tree.
     *
     * @param tree what the workspace holds
     * @param patched what paths hold instead, empty for nothing
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_IO} if that cannot be written, or there is too little room for it
     */
    void bring(Snapshot tree, Map<String, Optional<FileContent>> patched) throws InterruptedException {
        try {
            if (!Files.isDirectory(root, NOFOLLOW_LINKS)) {
                TreeCopy.deleteTree(root);
                files.createFolder(root);
                seen = null;
            }
            Snapshot now = look();
            bringIncluded(tree);
            TreeCopy copy = copyOf(workspace.root(), root);
            Set<String> written = write(copy, tree, now, patched);
            if (written.stream().anyMatch(CandidateTree::tellsWhatIsIgnored)) {
                // Something may have come into sight that an earlier run has left.
                now = scan();
                written.addAll(write(copy, tree, now, patched));
            }
            left = written.isEmpty() ? now : scan();
            noteOutOfStep(tree, patched, written, left);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot bring the candidate tree " + root + " into step with the workspace: " + e
                    + ". Check permissions and space, or test in place", e);
        }
    }

    /** Makes the copy hold a tree as far as a scan of it can tell; answers what was written. */
    private Set<String> write(TreeCopy copy, Snapshot tree, Snapshot now, Map<String, Optional<FileContent>> patched)
            throws IOException, InterruptedException {
        List<String> stale = new ArrayList<>(tree.differences(now));
        stale.removeAll(patched.keySet());
        update(copy, stale);
        Set<String> written = new HashSet<>(stale);
        for (Map.Entry<String, Optional<FileContent>> entry : patched.entrySet()) {
            if (copy.write(entry.getKey(), entry.getValue())) {
                written.add(entry.getKey());
            }
        }
        return written;
    }

    /** What was copied and is not what the snapshot had: somebody has changed the workspace since, and perhaps changes it back. */
    private void noteOutOfStep(Snapshot tree, Map<String, Optional<FileContent>> patched, Set<String> written, Snapshot now) {
        tree.differences(now).stream().filter(path -> written.contains(path) && !patched.containsKey(path) && !unreadable.contains(path))
                .forEach(outOfStep::add);
    }

    /** Paths of which some copy held something else than the snapshot since the last cycle began. */
    Set<String> outOfStep() {
        return outOfStep;
    }

    private static boolean tellsWhatIsIgnored(String path) {
        return path.equals(IGNORE_FILE) || path.endsWith("/" + IGNORE_FILE);
    }

    /** Nothing of what has been changed so far is asked for any more. */
    void forgetChanges() {
        changedByTests.clear();
        outOfStep.clear();
        unreadable.clear();
        left = null;
    }

    /** What the tests have changed in the copy since the last time that was asked. */
    Set<String> takeChanges() throws InterruptedException {
        if (left != null && Files.isDirectory(root, NOFOLLOW_LINKS)) {
            look();
        }
        Set<String> changes = new TreeSet<>(changedByTests);
        changedByTests.clear();
        return changes;
    }

    /** Reads the copy; what has changed since it was brought into step the tests have changed. */
    private Snapshot look() throws InterruptedException {
        Snapshot now = scan();
        if (left != null) {
            changedByTests.addAll(left.differences(now));
            left = null;
        }
        return now;
    }

    private Snapshot scan() throws InterruptedException {
        if (scanner == null) {
            scanner = scanners.apply(Workspace.at(root));
        }
        Snapshot now = scanner.scan(seen);
        seen = now;
        return now;
    }

    private void update(TreeCopy copy, List<String> stale) throws IOException, InterruptedException {
        long bytes = 0;
        for (String path : stale) {
            bytes += copy.bytes(path);
        }
        checkRoom(bytes);
        for (String path : stale) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a candidate tree was brought into step");
            }
            if (!copy.copy(path)) {
                unreadable.add(path);
                LOG.debug("{} cannot be read and is not in the candidate tree", path);
            }
        }
    }

    private void checkRoom(long bytes) {
        if (bytes == 0) {
            return;
        }
        long usable = usableBytes.applyAsLong(root);
        if (usable - RESERVED_BYTES < bytes) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot bring the candidate tree " + root + " into step with the workspace: it takes "
                    + bytes + " bytes more, and of the " + usable + " that are free " + RESERVED_BYTES
                    + " are left for the tests. Make room, ask for fewer candidates, or test in place");
        }
    }

    /** Once for each state of the workspace. */
    private void bringIncluded(Snapshot tree) throws IOException, InterruptedException {
        if (includedFor == tree) {
            return;
        }
        TreeCopy whole = copyOf(workspace.root(), root);
        for (String path : included) {
            Path source = whole.source(path);
            if (source != null && Files.isDirectory(source, NOFOLLOW_LINKS)) {
                whole.copy(path);
                Snapshot wanted = unfiltered(source).scan(null);
                Snapshot there = unfiltered(PathText.resolve(root, path)).scan(null);
                update(copyOf(source, PathText.resolve(root, path)), wanted.differences(there));
            } else if (source != null && Files.exists(source, NOFOLLOW_LINKS)) {
                update(whole, List.of(path));
            }
        }
        includedFor = tree;
    }

    private TreeCopy copyOf(Path from, Path to) {
        return new TreeCopy(files, from, to, workspace.spelling());
    }

    private static TreeScanner unfiltered(Path folder) {
        return new TreeScanner(Workspace.at(folder), List.of(), false, Clock.systemUTC());
    }
}
