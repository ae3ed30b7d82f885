package dev.autosync.snapshot;

import dev.autosync.SnapshotSummary;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A snapshot that can be restored.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class KeptSnapshot {
    private final String id;
    private final Instant takenAt;
    private final SnapshotSummary summary;
    private final String label;
    private final String cycle;
    private final int notRestorable;

    private KeptSnapshot(String id, Instant takenAt, SnapshotSummary summary, String label, String cycle, int notRestorable) {
        this.id = Objects.requireNonNull(id, "id");
        this.takenAt = Objects.requireNonNull(takenAt, "takenAt");
        this.summary = Objects.requireNonNull(summary, "summary");
        this.label = Objects.requireNonNull(label, "label");
        this.cycle = Objects.requireNonNull(cycle, "cycle");
        this.notRestorable = notRestorable;
    }

    /**
     * A snapshot.
     *
     * @param id its id
     * @param takenAt when it was taken
     * @param summary its hash and size
     * @param label what it was named; empty for nothing
     * @param cycle the cycle that took it; empty if none did
     * @param notRestorable how many of its entries cannot be restored
     * @return the snapshot
     */
    public static KeptSnapshot of(String id, Instant takenAt, SnapshotSummary summary, String label, String cycle, int notRestorable) {
        return new KeptSnapshot(id, takenAt, summary, label, cycle, notRestorable);
    }

    /**
     * What {@link Snapshots#preview} and {@link Snapshots#restore(String)} find it by.
     *
     * @return a number that grows, and the beginning of the content hash, for example {@code 12-3f2a9c1b}
     */
    public String id() {
        return id;
    }

    /**
     * When the tree was read.
     *
     * @return the time, by the machine's clock
     */
    public Instant takenAt() {
        return takenAt;
    }

    /**
     * Its hash and size.
     *
     * @return the summary
     */
    public SnapshotSummary summary() {
        return summary;
    }

    /**
     * What it was named.
     *
     * @return the label; empty if it has none
     */
    public Optional<String> label() {
        return label.isEmpty() ? Optional.empty() : Optional.of(label);
    }

    /**
     * The cycle at whose beginning it was taken.
     *
     * @return the cycle's name; empty if it was taken by {@link Snapshots#take} or before a restore
     */
    public Optional<String> cycle() {
        return cycle.isEmpty() ? Optional.empty() : Optional.of(cycle);
    }

    /**
     * How many of its files cannot be restored, for example since they are larger than {@link SnapshotLimits#maxFileBytes()}.
     *
     * @return 0 or more
     */
    public int notRestorable() {
        return notRestorable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptSnapshot k && k.id.equals(id) && k.takenAt.equals(takenAt) && k.label.equals(label);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + ", " + takenAt + ", " + summary + (label.isEmpty() ? "" : ", " + Shown.of(label));
    }
}
