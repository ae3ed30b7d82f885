package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** The content of a tree at one time. Immutable. */
public final class Snapshot {
    private final List<Entry> entries;
    private final Map<String, Entry> byPath;
    private final long scannedAtNanos;
    private final SnapshotSummary summary;

    /**
     * A snapshot.
     *
     * @param entries in the order of their paths
     * @param scannedAtNanos when the scan began, in nanoseconds since 1970
     */
    Snapshot(List<Entry> entries, long scannedAtNanos) {
        this.entries = List.copyOf(entries);
        this.scannedAtNanos = scannedAtNanos;
        this.byPath = new HashMap<>(entries.size() * 4 / 3 + 1);
        MessageDigest digest = Sha256.digest();
        long bytes = 0;
        for (Entry entry : entries) {
            byPath.put(entry.path(), entry);
            bytes += entry.link() ? 0 : entry.size();
            digest.update(entry.path().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update((byte) (entry.link() ? 'l' : entry.executable() ? 'x' : 'f'));
            digest.update(entry.sha256().length > 0
                    ? entry.sha256()
                    : ("?" + entry.size() + " " + entry.mtimeNanos()).getBytes(StandardCharsets.UTF_8));
        }
        this.summary = SnapshotSummary.of(HexFormat.of().formatHex(digest.digest()), entries.size(), bytes);
    }

    /** Its hash and size. */
    public SnapshotSummary summary() {
        return summary;
    }

    /** The SHA-256 of a file, in lower-case hexadecimal; empty if it is not there. */
    public Optional<String> sha256(String path) {
        return Optional.ofNullable(byPath.get(path)).map(entry -> HexFormat.of().formatHex(entry.sha256()));
    }

    /** The paths that are not the same in another snapshot, in their order. */
    public List<String> differences(Snapshot other) {
        Collection<String> paths = new TreeSet<>();
        for (Entry entry : entries) {
            Entry there = other.byPath.get(entry.path());
            if (there == null || !there.sameContent(entry)) {
                paths.add(entry.path());
            }
        }
        for (Entry entry : other.entries) {
            if (!byPath.containsKey(entry.path())) {
                paths.add(entry.path());
            }
        }
        return new ArrayList<>(paths);
    }

    List<Entry> entries() {
        return entries;
    }

    Optional<Entry> entry(String path) {
        return Optional.ofNullable(byPath.get(path));
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
