package dev.autosync.core.snapshot;

import java.util.Arrays;

/**
 * One file or symbolic link of a tree.
 *
 * @param path relative to the root, with {@code /}
 * @param link whether it is a symbolic link, whose content is its target's text
 * @param executable whether its owner may execute it
 * @param size its bytes
 * @param mtimeNanos when it was changed last, in nanoseconds since 1970
 * @param fileKey device and inode, or empty where there is no such thing
 * @param sha256 the hash of its content; empty if it could not be read
 */
record Entry(String path, boolean link, boolean executable, long size, long mtimeNanos, String fileKey, byte[] sha256) {

    /** Whether the two hold the same, wherever and whenever they were written. */
    boolean sameContent(Entry other) {
        return link == other.link && executable == other.executable && size == other.size && Arrays.equals(sha256, other.sha256)
                && (sha256.length > 0 || mtimeNanos == other.mtimeNanos);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry e && e.path.equals(path) && e.mtimeNanos == mtimeNanos && e.fileKey.equals(fileKey)
                && e.sameContent(this);
    }

    @Override
    public int hashCode() {
        return path.hashCode() * 31 + Arrays.hashCode(sha256);
    }
}
