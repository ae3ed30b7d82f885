package dev.autosync.patch;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a patch does to one file: what it held before, and what it holds after.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class FileEdit {
    private final String path;
    private final @Nullable FileContent before;
    private final @Nullable FileContent after;

    private FileEdit(String path, @Nullable FileContent before, @Nullable FileContent after) {
        this.path = Objects.requireNonNull(path, "path");
        this.before = before;
        this.after = after;
    }

    /**
     * A file that comes to be.
     *
     * @param path relative to the workspace, with {@code /}
     * @param after what it holds
     * @return the edit
     */
    public static FileEdit create(String path, FileContent after) {
        return new FileEdit(path, null, Objects.requireNonNull(after, "after"));
    }

    /**
     * A file that changes.
     *
     * @param path relative to the workspace, with {@code /}
     * @param before what it holds now
     * @param after what it holds then
     * @return the edit
     */
    public static FileEdit modify(String path, FileContent before, FileContent after) {
        return new FileEdit(path, Objects.requireNonNull(before, "before"), Objects.requireNonNull(after, "after"));
    }

    /**
     * A file that goes.
     *
     * @param path relative to the workspace, with {@code /}
     * @param before what it holds now
     * @return the edit
     */
    public static FileEdit delete(String path, FileContent before) {
        return new FileEdit(path, Objects.requireNonNull(before, "before"), null);
    }

    /**
     * The file.
     *
     * @return a path relative to the workspace, with {@code /}
     */
    public String path() {
        return path;
    }

    /**
     * What the file held before.
     *
     * @return empty if it was not there
     */
    public Optional<FileContent> before() {
        return Optional.ofNullable(before);
    }

    /**
     * What the file holds after.
     *
     * @return empty if it is gone
     */
    public Optional<FileContent> after() {
        return Optional.ofNullable(after);
    }

    @Override
    public String toString() {
        return (before == null ? "create " : after == null ? "delete " : "modify ") + path;
    }
}
