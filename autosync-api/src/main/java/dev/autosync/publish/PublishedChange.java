package dev.autosync.publish;

import dev.autosync.patch.FileContent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine did to one file since the last publication.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PublishedChange {
    private final String path;
    private final @Nullable String beforeSha256;
    private final @Nullable FileContent after;
    private final List<String> betweenSha256;

    private PublishedChange(String path, @Nullable String beforeSha256, @Nullable FileContent after, List<String> betweenSha256) {
        this.path = path;
        this.beforeSha256 = beforeSha256;
        this.after = after;
        this.betweenSha256 = List.copyOf(betweenSha256);
    }

    /**
     * A change.
     *
     * @param path relative to the workspace, with {@code /}
     * @param beforeSha256 the SHA-256 of what the file held before, in lower-case hexadecimal; null if it was not there
     * @param after what it holds now; null if it is gone
     * @return the change
     * @throws IllegalArgumentException if it neither was nor is there
     */
    public static PublishedChange of(String path, @Nullable String beforeSha256, @Nullable FileContent after) {
        if (beforeSha256 == null && after == null) {
            throw new IllegalArgumentException("beforeSha256 and after must not both be null");
        }
        return new PublishedChange(Objects.requireNonNull(path, "path"), beforeSha256, after, List.of());
    }

    /**
     * The same change, which the engine made in several steps.
     *
     * @param sha256 the SHA-256 of what it held after each step but the last
     * @return a new change
     */
    public PublishedChange between(List<String> sha256) {
        return new PublishedChange(path, beforeSha256, after, sha256);
    }

    /**
     * The file.
     *
     * @return relative to the workspace, with {@code /}
     */
    public String path() {
        return path;
    }

    /**
     * The SHA-256 of what it held before.
     *
     * @return 64 lower-case hexadecimal digits; empty if it was not there
     */
    public Optional<String> beforeSha256() {
        return Optional.ofNullable(beforeSha256);
    }

    /**
     * What the engine itself put there on the way. The other side may hold that already, if an earlier publication has arrived and nobody
     * could tell.
     *
     * @return SHA-256 as 64 lower-case hexadecimal digits; empty if there was one step only
     */
    public List<String> betweenSha256() {
        return betweenSha256;
    }

    /**
     * What it holds now.
     *
     * @return empty if it is gone
     */
    public Optional<FileContent> after() {
        return Optional.ofNullable(after);
    }

    @Override
    public String toString() {
        return (beforeSha256 == null ? "create " : after == null ? "delete " : "change ") + path;
    }
}
