package dev.autosync.patch;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a file was put back: what it held before the batch, and what was read from it afterwards.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class RestoredFile {
    private final String path;
    private final @Nullable String before;
    private final @Nullable String after;

    private RestoredFile(String path, @Nullable String before, @Nullable String after) {
        this.path = Objects.requireNonNull(path, "path");
        this.before = before;
        this.after = after;
    }

    /**
     * A proof.
     *
     * @param path the file
     * @param before the SHA-256 of what it held before the batch; null if it was not there
     * @param after the SHA-256 of what was read from it afterwards; null if it is not there
     * @return the proof
     */
    public static RestoredFile of(String path, @Nullable String before, @Nullable String after) {
        return new RestoredFile(path, before, after);
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
     * What it held before the batch.
     *
     * @return a SHA-256 in lower-case hexadecimal; empty if it was not there
     */
    public Optional<String> before() {
        return Optional.ofNullable(before);
    }

    /**
     * What was read from it afterwards.
     *
     * @return a SHA-256 in lower-case hexadecimal; empty if it is not there
     */
    public Optional<String> after() {
        return Optional.ofNullable(after);
    }

    /**
     * Whether it is what it was, byte for byte.
     *
     * @return false if somebody else has changed it; then what they wrote was kept
     */
    public boolean same() {
        return Objects.equals(before, after);
    }
}
