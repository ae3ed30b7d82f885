package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import dev.autosync.patch.FileContent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The content of a tree at one time. Immutable. */
public final class Snapshot {
    private final List<Entry> entries;
    private final long scannedAtNanos;
    private final SnapshotSummary summary;
    private final long unsavedCost;

    private Snapshot(List<Entry> entries, long scannedAtNanos, SnapshotSummary summary, long unsavedCost) {
        this.entries = List.copyOf(entries);
        this.scannedAtNanos = scannedAtNanos;
        this.summary = summary;
        this.unsavedCost = unsavedCost;
    }

    /**
     * A snapshot that knows nothing of an earlier one.
     *
     * @param entries in the order of their paths
     * @param scannedAtNanos when the scan began, in nanoseconds since 1970
     * @param cost what was read for it, see {@link #unsavedCost}
     */
    static Snapshot first(List<Entry> entries, long scannedAtNanos, long cost) {
        return new Snapshot(entries, scannedAtNanos, summaryOf(entries), cost);
    }

    /** A snapshot as it was written down. */
    static Snapshot saved(List<Entry> entries, long scannedAtNanos, SnapshotSummary summary) {
        return new Snapshot(entries, scannedAtNanos, summary, 0);
    }

    /** A later snapshot of the same tree, see {@link #first}. */
    Snapshot next(List<Entry> later, long laterScannedAtNanos, long cost) {
        SnapshotSummary of = differences(entries, later).isEmpty() ? summary : summaryOf(later);
        return new Snapshot(later, laterScannedAtNanos, of, unsavedCost + cost);
    }

    private static SnapshotSummary summaryOf(List<Entry> entries) {
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.link() ? 0 : entry.size();
            digest.update(entry.path().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update((byte) (entry.link() ? 'l' : entry.executable() ? 'x' : 'f'));
            digest.update(entry.sha256().length > 0
                    ? entry.sha256()
                    : ("?" + entry.size() + " " + entry.mtimeNanos()).getBytes(StandardCharsets.UTF_8));
        }
        return SnapshotSummary.of(HexFormat.of().formatHex(digest.digest()), entries.size(), bytes);
    }

    /** Its hash and size. */
    public SnapshotSummary summary() {
        return summary;
    }

    /**
     * The content hash of this tree with some files holding something else.
     *
     * @param files what they hold, empty for nothing
     */
    public String contentHashWith(Map<String, Optional<FileContent>> files) {
        List<Entry> changed = new ArrayList<>(entries.size() + files.size());
        entries.stream().filter(entry -> !files.containsKey(entry.path())).forEach(changed::add);
        files.forEach((path, content) -> content.ifPresent(held -> changed.add(new Entry(path, false, held.executable(), held.size(), 0, "",
                HexFormat.of().parseHex(held.sha256())))));
        changed.sort(Comparator.comparing(Entry::path));
        return summaryOf(changed).contentHash();
    }

    /** The SHA-256 of a file, in lower-case hexadecimal; empty if it is not there. */
    public Optional<String> sha256(String path) {
        return entries.stream().filter(entry -> entry.path().equals(path)).findAny()
                .map(entry -> HexFormat.of().formatHex(entry.sha256()));
    }

    /** The paths that are not the same in another snapshot, in their order. */
    public List<String> differences(Snapshot other) {
        return differences(entries, other.entries);
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

    /** The entries by their paths: made anew, a map to keep. */
    Map<String, Entry> byPath() {
        Map<String, Entry> map = new HashMap<>(entries.size() * 4 / 3 + 1);
        entries.forEach(entry -> map.put(entry.path(), entry));
        return map;
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
