package dev.autosync.snapshot;

import java.util.List;
import java.util.Objects;

/**
 * What a restore has done. All of it was read again afterwards and is as planned.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class RestoreResult {
    private final RestorePlan plan;
    private final KeptSnapshot before;

    private RestoreResult(RestorePlan plan, KeptSnapshot before) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.before = Objects.requireNonNull(before, "before");
    }

    /**
     * A result.
     *
     * @param plan what was done
     * @param before the snapshot of what the workspace held before
     * @return the result
     */
    public static RestoreResult of(RestorePlan plan, KeptSnapshot before) {
        return new RestoreResult(plan, before);
    }

    /**
     * The snapshot that was restored.
     *
     * @return the snapshot
     */
    public KeptSnapshot restored() {
        return plan.snapshot();
    }

    /**
     * The snapshot of what the workspace held before: restoring it undoes the restore.
     *
     * @return the snapshot
     */
    public KeptSnapshot before() {
        return before;
    }

    /**
     * What was changed.
     *
     * @return in the order of their paths
     */
    public List<PathChange> changes() {
        return plan.changes();
    }

    /**
     * What differs from the snapshot and was left as it is.
     *
     * @return in the order of their paths
     */
    public List<LeftPath> left() {
        return plan.left();
    }

    @Override
    public String toString() {
        return "restored " + plan + "; before it was " + before.id();
    }
}
