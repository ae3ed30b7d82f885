package dev.autosync.snapshot;

import java.util.List;
import java.util.Objects;

/**
 * What a restore would do, exactly.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class RestorePlan {
    private final KeptSnapshot snapshot;
    private final List<PathChange> changes;
    private final List<LeftPath> left;

    private RestorePlan(KeptSnapshot snapshot, List<PathChange> changes, List<LeftPath> left) {
        this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
        this.changes = List.copyOf(changes);
        this.left = List.copyOf(left);
    }

    /**
     * A plan.
     *
     * @param snapshot the snapshot
     * @param changes what would be changed
     * @param left what would be left
     * @return the plan
     */
    public static RestorePlan of(KeptSnapshot snapshot, List<PathChange> changes, List<LeftPath> left) {
        return new RestorePlan(snapshot, changes, left);
    }

    /**
     * The snapshot.
     *
     * @return the snapshot
     */
    public KeptSnapshot snapshot() {
        return snapshot;
    }

    /**
     * What would be changed, all of it.
     *
     * @return the changes in the order of their paths; empty if the workspace holds it already
     */
    public List<PathChange> changes() {
        return changes;
    }

    /**
     * What differs and would be left as it is. What snapshots leave out (excluded, ignored, {@code .git}) is never looked at, and not
     * named here.
     *
     * @return in the order of their paths
     */
    public List<LeftPath> left() {
        return left;
    }

    @Override
    public String toString() {
        return snapshot.id() + ": " + changes.size() + " changes, " + left.size() + " left";
    }
}
