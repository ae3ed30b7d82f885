package dev.autosync.patch;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path that changed while tests ran, and what became of it.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class TestChange {

    /** What became of a change. May grow. */
    public enum Treatment {
        /** It is still in the workspace. */
        LEFT,
        /** What was there before is there again; what was there is saved. */
        UNDONE,
        /** It was made in a copy of the workspace, which has never seen it. That the tests made it is certain. */
        DISCARDED
    }

    private final String path;
    private final Treatment treatment;
    private final String reason;
    private final @Nullable String saved;

    private TestChange(String path, Treatment treatment, String reason, @Nullable String saved) {
        this.path = Objects.requireNonNull(path, "path");
        this.treatment = Objects.requireNonNull(treatment, "treatment");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.saved = saved;
    }

    /**
     * A change.
     *
     * @param path the path
     * @param treatment what became of it
     * @param reason why, in one line
     * @param saved where a copy of what was undone lies, relative to the workspace; null if none was made
     * @return the change
     */
    public static TestChange of(String path, Treatment treatment, String reason, @Nullable String saved) {
        return new TestChange(path, treatment, reason, saved);
    }

    /**
     * The path.
     *
     * @return relative to the workspace, with {@code /}
     */
    public String path() {
        return path;
    }

    /**
     * What became of the change.
     *
     * @return the treatment
     */
    public Treatment treatment() {
        return treatment;
    }

    /**
     * Why.
     *
     * @return one line
     */
    public String reason() {
        return reason;
    }

    /**
     * Where what was undone has been saved.
     *
     * @return relative to the workspace, with {@code /}; empty if nothing was there to be saved, or nothing was undone
     */
    public Optional<String> saved() {
        return Optional.ofNullable(saved);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestChange c && c.path.equals(path) && c.treatment == treatment && c.reason.equals(reason)
                && Objects.equals(c.saved, saved);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, treatment, reason, saved);
    }

    @Override
    public String toString() {
        return path + ": " + treatment + (saved == null ? "" : ", saved as " + saved) + " (" + reason + ")";
    }
}
