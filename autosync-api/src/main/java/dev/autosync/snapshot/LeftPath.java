package dev.autosync.snapshot;

import java.util.Objects;

/**
 * A path at which the present and a snapshot differ, and which a restore leaves as it is.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class LeftPath {
    private final String path;
    private final String reason;

    private LeftPath(String path, String reason) {
        this.path = Objects.requireNonNull(path, "path");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * A path.
     *
     * @param path the path
     * @param reason why it is left
     * @return the value
     */
    public static LeftPath of(String path, String reason) {
        return new LeftPath(path, reason);
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
     * Why it is left.
     *
     * @return a sentence for people
     */
    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeftPath l && l.path.equals(path) && l.reason.equals(reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, reason);
    }

    @Override
    public String toString() {
        return Shown.of(path + ": " + reason);
    }
}
