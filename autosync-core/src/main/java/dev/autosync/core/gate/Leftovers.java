package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.TrackedFiles;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.TestChange;
import dev.autosync.spi.PathRefusedException;
import dev.autosync.testing.TestChanges;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has changed in the workspace while tests ran in it, and is to be undone. Nothing is undone that was not saved before, and nothing that may be
 * a person's unless that was asked for: tracked files, and without git those that were there.
 *
 * <p>Looks between the runs, so that each run begins with the tree that is tested and nothing else. For one batch and one thread.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** The journal holds what is undone as well. */
    private static final long MOST_BYTES_OF_A_FILE = 16 << 20;
    private static final long MOST_BYTES = 128 << 20;

    private final Workspace workspace;
    private final FilePort files;
    private final TestChanges policy;
    private final TrackedFiles tracked;
    private final TreeScanner scanner;
    private final Snapshot before;
    private final EarlierContent earlier;
    private final Transaction transaction;
    private final SavedImages saved;

    private final Map<String, Image> undone = new LinkedHashMap<>();
    private final Map<String, Image> seen = new LinkedHashMap<>();
    private final Map<String, TestChange> changes = new TreeMap<>();
    private Snapshot last;
    private long bytes;

    /**
     * Nothing found yet.
     *
     * @param tracked which files git tracked at the time of the snapshot
     * @param before the tree before the batch
     */
    Leftovers(Workspace workspace, FilePort files, TestChanges policy, TrackedFiles tracked, TreeScanner scanner, Snapshot before,
            EarlierContent earlier, Transaction transaction) {
        this.workspace = workspace;
        this.files = files;
        this.policy = policy;
        this.tracked = tracked;
        this.scanner = scanner;
        this.before = before;
        this.earlier = earlier;
        this.transaction = transaction;
        this.saved = new SavedImages(workspace, files, transaction.name());
        this.last = before;
    }

    /** Looks what has changed since the last move, and saves what the next one undoes. */
    void look() throws InterruptedException {
        try {
            Set<String> known = new TreeSet<>(transaction.paths());
            for (String path : known) {
                Optional<Image> found = transaction.changedByOthers(path);
                if (found.isPresent() && mayTakeOver(path, found.get())) {
                    if (!(found.get() instanceof Image.Folder)) {
                        note(path, TestChange.Treatment.UNDONE, "changed while tests ran", saved.save(path, found.get()));
                    }
                    transaction.takeOver(path, found.get());
                }
            }
            last = scanner.scan(last);
            List<String> foreign = new ArrayList<>();
            for (String path : before.differences(last)) {
                if (!known.contains(path) && hasChanged(path)) {
                    foreign.add(path);
                }
            }
            for (String path : foreign) {
                consider(path);
            }
            known.addAll(foreign);
            removeFolders(foreign, known);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot undo what has changed while tests ran in " + workspace.root() + ": " + e
                    + ". Nothing of it was undone. Check permissions and space, or set testChanges to report", e);
        }
    }

    /** What the paths that are undone are to hold, with every move. */
    Map<String, Image> undone() {
        return undone;
    }

    /** What they held when that was decided. */
    Map<String, Image> seen() {
        return seen;
    }

    /** What became of what. */
    List<TestChange> changes() {
        return new ArrayList<>(changes.values());
    }

    /** Where other rules hold than before, files come into sight and go out of it that nobody has touched. */
    private boolean hasChanged(String path) throws IOException {
        Optional<String> then = before.sha256(path);
        if (then.isPresent() == last.sha256(path).isPresent() || before.judgesAlike(last, path)) {
            return true;
        }
        if (then.isEmpty()) {
            left(path, "what is ignored has changed, and it may have been there before");
            return false;
        }
        Image now = look(path).orElse(Image.ABSENT);
        return now instanceof FileImage file ? !file.content().sha256().equals(then.get()) : !(now instanceof Image.Folder) || !then.get().isEmpty();
    }

    private boolean mayTakeOver(String path, Image found) {
        return undone.containsKey(path) || !(found instanceof Image.Folder) && mayUndo(path);
    }

    private boolean mayUndo(String path) {
        return policy.tracked() || !isProtected(path);
    }

    private boolean isProtected(String path) {
        return tracked.isRepository() ? tracked.isTracked(path) : before.sha256(path).isPresent();
    }

    private void consider(String path) throws IOException {
        boolean wasThere = before.sha256(path).isPresent();
        Optional<Image> now = look(path);
        if (now.isEmpty()) {
            left(path, "it is larger than " + MOST_BYTES_OF_A_FILE + " bytes, or of no kind that could be undone");
        } else if (now.get() instanceof Image.Folder && before.sha256(path).filter(hash -> !hash.isEmpty()).isPresent()) {
            left(path, "a folder is in its place");
        } else if (now.get() instanceof Image.Folder || !wasThere && now.get().isAbsent()) {
            return; // Folders go when nothing is left in them.
        } else if (!mayUndo(path)) {
            left(path, tracked.isRepository() ? "git tracks it, or cannot be asked"
                    : "it was there before, and there is no git that would not track it");
        } else {
            Optional<Image> wanted = wasThere ? wanted(path) : Optional.of(Image.ABSENT);
            if (wanted.isEmpty()) {
                return; // It was said why.
            } else if (!hasRoom(now.get()) || !hasRoom(wanted.get())) {
                left(path, "more than " + MOST_BYTES + " bytes would have to be undone");
            } else {
                note(path, TestChange.Treatment.UNDONE, wasThere ? "changed while tests ran" : "created while tests ran",
                        saved.save(path, now.get()));
                undone.put(path, wanted.get());
                seen.put(path, now.get());
            }
        }
    }

    /** What a path that was there before is to hold again; empty if nobody knows any more, and it is left. */
    private Optional<Image> wanted(String path) {
        try {
            Optional<Image> wanted = earlier.of(before, path);
            if (wanted.isEmpty()) {
                left(path, "what it held before was not kept");
            }
            return wanted;
        } catch (IOException e) {
            LOG.warn("Cannot put back {}", Untrusted.line(path, 1000), e);
        } catch (AutoSyncException e) {
            if (e.code() != ErrorCode.SNAPSHOT_DAMAGED) {
                throw e;
            }
            LOG.warn("Cannot put back {}", Untrusted.line(path, 1000), e);
        }
        left(path, "what it held before was kept and cannot be read any more");
        return Optional.empty();
    }

    private Optional<Image> look(String path) throws IOException {
        try {
            return Optional.of(files.look(workspace.place(path), MOST_BYTES_OF_A_FILE));
        } catch (FilePort.TooLargeException | FilePort.NotRegularException | PathRefusedException e) {
            return Optional.empty();
        }
    }

    private boolean hasRoom(Image image) {
        bytes += image instanceof FileImage file ? file.bytes().length : 0;
        return bytes <= MOST_BYTES;
    }

    private void left(String path, String reason) {
        note(path, TestChange.Treatment.LEFT, reason, Optional.empty());
    }

    private void note(String path, TestChange.Treatment treatment, String reason, Optional<String> place) {
        changes.put(path, TestChange.of(path, treatment, reason, place.orElse(null)));
    }

    /** Folders that were not there before go, the innermost first, if all that is in them goes. */
    private void removeFolders(List<String> foreign, Set<String> changed) throws IOException {
        Set<String> folders = new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String path : foreign) {
            if (look(path).filter(Image.Folder.class::isInstance).isPresent()) {
                folders.add(path);
            }
        }
        for (String path : List.copyOf(undone.keySet())) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        for (String folder : folders) {
            Optional<Image> now = look(folder);
            if (now.isPresent() && now.get() instanceof Image.Folder && !wasThere(folder, changed) && mayUndo(folder)) {
                boolean goes = goesWithAllInIt(folder);
                if (goes) {
                    seen.putIfAbsent(folder, now.get());
                    undone.put(folder, Image.ABSENT);
                } else if (undone.containsKey(folder)) {
                    undone.put(folder, now.get());
                }
            }
        }
    }

    private boolean wasThere(String folder, Set<String> changed) {
        return before.sha256(folder).isPresent()
                || changed.stream().anyMatch(path -> path.startsWith(folder + "/") && before.sha256(path).isPresent());
    }

    private boolean goesWithAllInIt(String folder) throws IOException {
        Path place = workspace.place(folder);
        if (!Files.isDirectory(place, NOFOLLOW_LINKS)) {
            return true;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(place)) {
            for (Path child : children) {
                Image wanted = undone.get(workspace.relative(child));
                if (wanted == null || !wanted.isAbsent()) {
                    return false;
                }
            }
        }
        return true;
    }
}
