package dev.autosync.core.snapshot;

import dev.autosync.core.io.FileImage;
import dev.autosync.SnapshotSummary;
import dev.autosync.patch.FileContent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content of a tree at one time. Immutable. */
public final class Snapshot {
    private final List<Entry> entries;
    private final @Nullable Folder root;
    private final long scannedAtNanos;
    private final SnapshotSummary summary;
    private final long unsavedCost;

    private Snapshot(List<Entry> entries, @Nullable Folder root, long scannedAtNanos, SnapshotSummary summary, long unsavedCost) {
        this.entries = entries;
        this.root = root;
        this.scannedAtNanos = scannedAtNanos;
        this.summary = summary;
        this.unsavedCost = unsavedCost;
    }

    /**
     * A snapshot that knows nothing of an earlier one.
     *
     * @param root what was read
     * @param scannedAtNanos when the scan began, in nanoseconds since 1970
     * @param cost what was read for it, see {@link #unsavedCost}
     */
    static Snapshot first(Folder root, long scannedAtNanos, long cost) {
        List<Entry> entries = entriesOf(root, 16);
        return new Snapshot(entries, root, scannedAtNanos, summaryOf(entries), cost);
    }

    /** A snapshot as it was written down. */
    static Snapshot saved(Folder root, int count, long scannedAtNanos, SnapshotSummary summary) {
        return new Snapshot(entriesOf(root, count), root, scannedAtNanos, summary, 0);
    }

    /** A later snapshot of the same tree, see {@link #first}. */
    Snapshot next(Folder later, long laterScannedAtNanos, long cost) {
        if (later == root) {
            return new Snapshot(entries, root, laterScannedAtNanos, summary, unsavedCost + cost);
        }
        List<Entry> all = entriesOf(later, entries.size() + 16);
        SnapshotSummary of = differences(entries, all).isEmpty() ? summary : summaryOf(all);
        return new Snapshot(all, later, laterScannedAtNanos, of, unsavedCost + cost);
    }

    /** The same snapshot, all of which is written down. */
    Snapshot withoutCost() {
        return new Snapshot(entries, root, scannedAtNanos, summary, 0);
    }

    private static List<Entry> entriesOf(Folder root, int expected) {
        List<Entry> entries = new ArrayList<>(expected);
        root.addTo(entries);
        return Collections.unmodifiableList(entries);
    }

    static SnapshotSummary summaryOf(List<Entry> entries) {
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        int files = 0;
        for (Entry entry : entries) {
            bytes += entry.type() == Entry.Type.FILE ? entry.size() : 0;
            files += entry.type() == Entry.Type.FOLDER ? 0 : 1;
            digest.update(PathBytes.of(entry.path()));
            digest.update((byte) 0);
            digest.update((byte) (entry.executable() ? 'x' : entry.type().letter()));
            if (entry.hashed()) {
                digest.update(entry.sha256());
            } else if (entry.type() != Entry.Type.FOLDER) {
                digest.update(("?" + entry.size() + " " + entry.mtimeNanos()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return SnapshotSummary.of(HexFormat.of().formatHex(digest.digest()), files, bytes);
    }

    /** Its hash and size. */
    public SnapshotSummary summary() {
        return summary;
    }

    /**
     * The content hash of this tree with some files holding something else. A folder whose last file goes stays, empty.
     *
     * @param files what they hold, empty for nothing
     */
    public String contentHashWith(Map<String, Optional<FileContent>> files) {
        TreeMap<String, Entry> changed = new TreeMap<>();
        entries.stream().filter(entry -> !files.containsKey(entry.path())).forEach(entry -> changed.put(entry.path(), entry));
        files.forEach((path, content) -> content.ifPresent(held -> changed.put(path,
                new Entry(path, Entry.Type.FILE, held.executable() ? 0755 : FileImage.NO_MODE, held.size(), 0, false, HexFormat.of().parseHex(held.sha256())))));
        files.forEach((path, content) -> settleFolder(path, content.isPresent(), changed, files.keySet()));
        return summaryOf(List.copyOf(changed.values())).contentHash();
    }

    private void settleFolder(String path, boolean present, TreeMap<String, Entry> changed, Set<String> known) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return;
        }
        String folder = path.substring(0, slash);
        if (present) {
            for (int at = slash; at > 0; at = path.lastIndexOf('/', at - 1)) {
                changed.computeIfPresent(path.substring(0, at), (name, entry) -> entry.type() == Entry.Type.FOLDER ? null : entry);
            }
        } else if (!known.contains(folder) && find(path).isPresent() && !holdsAny(changed, folder)) {
            changed.putIfAbsent(folder, Entry.folder(folder));
        }
    }

    private static boolean holdsAny(TreeMap<String, Entry> entries, String folder) {
        String next = entries.ceilingKey(folder + "/");
        return next != null && next.startsWith(folder + "/");
    }

    /** The SHA-256 of a file, in lower-case hexadecimal; empty if it is not there. */
    public Optional<String> sha256(String path) {
        return find(path).map(entry -> HexFormat.of().formatHex(entry.sha256()));
    }

    /** What is at a path. */
    Optional<Entry> find(String path) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = entries.get(middle).path().compareTo(path);
            if (order == 0) {
                return Optional.of(entries.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /**
     * What is not the same in a later snapshot although nobody changed it who says what he has changed.
     *
     * @param changed the paths that were changed by those who say so; a folder is empty, or no longer so, when a file of it is among them
     * @return paths in their order
     */
    public List<String> foreignDifferences(Snapshot later, Collection<String> changed) {
        Set<String> own = new HashSet<>(changed);
        Set<String> folders = new HashSet<>();
        for (String path : own) {
            for (int at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
                folders.add(path.substring(0, at));
            }
        }
        return differences(later).stream()
                .filter(path -> !own.contains(path))
                .filter(path -> !folders.contains(path) || !isEmptyFolder(path) && !later.isEmptyFolder(path))
                .toList();
    }

    private boolean isEmptyFolder(String path) {
        return find(path).filter(entry -> entry.type() == Entry.Type.FOLDER).isPresent();
    }

    /** The paths that are not the same in another snapshot, in their order. */
    public List<String> differences(Snapshot other) {
        return differences(entries, other.entries);
    }

    /**
     * Whether what lies at a path was left out of both snapshots or of none, as far as rules decide that: the same hold in the innermost folder above
     * it that both know. If not, a path that only one of them has need not have come or gone between them.
     */
    public boolean judgesAlike(Snapshot other, String path) {
        Folder here = root;
        Folder there = other.root;
        int slash = -1;
        while (here != null && there != null) {
            if (!Arrays.equals(here.listed().rulesHash(), there.listed().rulesHash())) {
                return false;
            }
            slash = path.indexOf('/', slash + 1);
            if (slash < 0) {
                return true;
            }
            String prefix = path.substring(0, slash + 1);
            here = here.below(prefix);
            there = there.below(prefix);
        }
        return slash >= 0;
    }

    private static List<String> differences(List<Entry> these, List<Entry> those) {
        List<String> paths = new ArrayList<>();
        int here = 0;
        int there = 0;
        while (here < these.size() && there < those.size()) {
            Entry a = these.get(here);
            Entry b = those.get(there);
            int order = a == b ? 0 : a.path().compareTo(b.path());
            if (order < 0) {
                paths.add(a.path());
            } else if (order > 0 || a != b && !a.sameContent(b)) {
                paths.add(b.path());
            }
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        these.subList(here, these.size()).forEach(entry -> paths.add(entry.path()));
        those.subList(there, those.size()).forEach(entry -> paths.add(entry.path()));
        return paths;
    }

    /**
     * What a later scan will have to read again as long as this snapshot is not written down: bytes, and for each file as many as could
     * be read in the time that it takes to open it.
     */
    long unsavedCost() {
        return unsavedCost;
    }

    List<Entry> entries() {
        return entries;
    }

    /** What a later scan can go on from; null if there is nothing. */
    @Nullable Folder root() {
        return root;
    }

    long scannedAtNanos() {
        return scannedAtNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot s && s.scannedAtNanos == scannedAtNanos && s.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scannedAtNanos, summary.contentHash());
    }

    @Override
    public String toString() {
        return summary.toString();
    }
}
