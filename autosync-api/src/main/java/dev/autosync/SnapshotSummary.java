package dev.autosync;

import java.util.Objects;

/**
 * A snapshot in three figures.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class SnapshotSummary {
    private final String contentHash;
    private final int files;
    private final long bytes;

    private SnapshotSummary(String contentHash, int files, long bytes) {
        this.contentHash = Objects.requireNonNull(contentHash, "contentHash");
        this.files = files;
        this.bytes = bytes;
    }

    /**
     * A snapshot.
     *
     * @param contentHash the SHA-256 over path, kind, mode and content of every entry
     * @param files how many entries there are
     * @param bytes how many bytes the regular files hold
     * @return the summary
     */
    public static SnapshotSummary of(String contentHash, int files, long bytes) {
        return new SnapshotSummary(contentHash, files, bytes);
    }

    /**
     * The same for two trees only if every path, kind, right to execute and byte is the same.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String contentHash() {
        return contentHash;
    }

    /**
     * How many files and symbolic links there are.
     *
     * @return 0 or more
     */
    public int files() {
        return files;
    }

    /**
     * How many bytes the regular files hold.
     *
     * @return 0 or more
     */
    public long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return files + " files, " + bytes + " bytes, " + contentHash.substring(0, Math.min(12, contentHash.length()));
    }
}
