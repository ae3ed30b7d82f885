package dev.autosync.snapshot;

import java.util.Objects;

/**
 * What a restore does to one path.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PathChange {

    /** The kinds of changes. */
    public enum Kind {
        /** Nothing is there, something will be. */
        CREATE,
        /** A file or a link will hold something else. */
        OVERWRITE,
        /** Something is there, nothing will be. */
        DELETE,
        /** A file, a link or a folder will be another of the three. */
        TYPE,
        /** A file keeps its bytes; only the right to execute it will change. */
        MODE
    }

    private final String path;
    private final PathState now;
    private final PathState then;
    private final boolean unknown;

    private PathChange(String path, PathState now, PathState then, boolean unknown) {
        this.path = Objects.requireNonNull(path, "path");
        this.now = Objects.requireNonNull(now, "now");
        this.then = Objects.requireNonNull(then, "then");
        this.unknown = unknown;
    }

    /**
     * A change.
     *
     * @param path the path
     * @param now what it holds
     * @param then what it will hold
     * @param unknown whether no kept snapshot has what it holds now
     * @return the change
     */
    public static PathChange of(String path, PathState now, PathState then, boolean unknown) {
        return new PathChange(path, now, then, unknown);
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
     * What it holds.
     *
     * @return the present state
     */
    public PathState now() {
        return now;
    }

    /**
     * What it will hold.
     *
     * @return the state in the snapshot
     */
    public PathState then() {
        return then;
    }

    /**
     * Whether no snapshot kept so far has what it holds now. A restore keeps it first, in a snapshot of its own.
     *
     * @return true for what somebody has written since the last snapshot
     */
    public boolean unknown() {
        return unknown;
    }

    /**
     * What kind of change it is.
     *
     * @return the kind
     */
    public Kind kind() {
        if (now.kind() == PathState.Kind.NOTHING) {
            return Kind.CREATE;
        }
        if (then.kind() == PathState.Kind.NOTHING) {
            return Kind.DELETE;
        }
        if (now.kind() != then.kind()) {
            return Kind.TYPE;
        }
        return now.sha256().equals(then.sha256()) && now.size() == then.size() ? Kind.MODE : Kind.OVERWRITE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathChange c && c.path.equals(path) && c.now.equals(now) && c.then.equals(then) && c.unknown == unknown;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, now, then);
    }

    @Override
    public String toString() {
        return kind() + " " + Shown.of(path) + ": " + now + " -> " + then + (unknown ? ", which no kept snapshot has" : "");
    }
}
