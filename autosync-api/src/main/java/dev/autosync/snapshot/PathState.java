package dev.autosync.snapshot;

import java.util.Objects;

/**
 * What stands at a path, without its bytes.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PathState {

    /** The kinds of things at paths. */
    public enum Kind {
        /** Nothing. */
        NOTHING,
        /** A regular file. */
        FILE,
        /** A symbolic link, which is never followed. */
        LINK,
        /** A folder. */
        FOLDER
    }

    private static final PathState NOTHING = new PathState(Kind.NOTHING, 0, "", false);
    private static final PathState FOLDER = new PathState(Kind.FOLDER, 0, "", false);

    private final Kind kind;
    private final long size;
    private final String sha256;
    private final boolean executable;

    private PathState(Kind kind, long size, String sha256, boolean executable) {
        this.kind = kind;
        this.size = size;
        this.sha256 = Objects.requireNonNull(sha256, "sha256");
        this.executable = executable;
    }

    /**
     * Nothing.
     *
     * @return the state
     */
    public static PathState nothing() {
        return NOTHING;
    }

    /**
     * A folder.
     *
     * @return the state
     */
    public static PathState folder() {
        return FOLDER;
    }

    /**
     * A regular file.
     *
     * @param size its bytes
     * @param sha256 the hash of its content; empty if it cannot be read
     * @param executable whether its owner may execute it
     * @return the state
     */
    public static PathState file(long size, String sha256, boolean executable) {
        return new PathState(Kind.FILE, size, sha256, executable);
    }

    /**
     * A symbolic link.
     *
     * @param size how many bytes its target's text has
     * @param sha256 the hash of its target's text; empty if it cannot be read
     * @return the state
     */
    public static PathState link(long size, String sha256) {
        return new PathState(Kind.LINK, size, sha256, false);
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * How large it is.
     *
     * @return bytes, 0 or more; 0 for folders
     */
    public long size() {
        return size;
    }

    /**
     * The SHA-256 of the content; that of a link is over its target's text.
     *
     * @return 64 lower-case hexadecimal digits; empty for nothing, for a folder, and for what cannot be read
     */
    public String sha256() {
        return sha256;
    }

    /**
     * Whether the owner may execute it.
     *
     * @return false for all but regular files
     */
    public boolean executable() {
        return executable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathState s && s.kind == kind && s.size == size && s.sha256.equals(sha256) && s.executable == executable;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, size, sha256, executable);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NOTHING -> "nothing";
            case FOLDER -> "folder";
            case LINK -> "link";
            case FILE -> (executable ? "executable file of " : "file of ") + size + " bytes";
        };
    }
}
