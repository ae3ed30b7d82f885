package dev.autosync.snapshot;

/**
 * How much of earlier snapshots is kept, so that it can be restored.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class SnapshotLimits {
    /** The most snapshots that can be kept. */
    public static final int MAX_KEEP = 1000;
    /** The most that {@link #maxFileBytes(long)} can be: 1 GiB. */
    public static final long MAX_FILE_BYTES = 1L << 30;

    private static final SnapshotLimits DEFAULTS = new SnapshotLimits(20, 2L << 30, 100L << 20, 512L << 20);
    private static final long LEAST_BYTES = 1L << 20;

    private final int keep;
    private final long maxBytes;
    private final long maxFileBytes;
    private final long minFreeBytes;

    private SnapshotLimits(int keep, long maxBytes, long maxFileBytes, long minFreeBytes) {
        this.keep = keep;
        this.maxBytes = maxBytes;
        this.maxFileBytes = maxFileBytes;
        this.minFreeBytes = minFreeBytes;
    }

    /**
     * 20 snapshots, 2 GiB in all, files of up to 100 MiB, and 512 MiB of the disk left free.
     *
     * @return the limits
     */
    public static SnapshotLimits ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The same with another number of snapshots.
     *
     * @param snapshots 2 to {@value #MAX_KEEP}: the initial one, which always stays, and the latest; or 0 to keep none
     * @return the limits
     * @throws IllegalArgumentException if it is out of range
     */
    public SnapshotLimits keep(int snapshots) {
        if (snapshots != 0 && (snapshots < 2 || snapshots > MAX_KEEP)) {
            throw new IllegalArgumentException("snapshots must be 0, or 2 to " + MAX_KEEP + ", was " + snapshots);
        }
        return new SnapshotLimits(snapshots, maxBytes, maxFileBytes, minFreeBytes);
    }

    /**
     * The same with another limit for all that is kept. The oldest snapshots after the initial one go first.
     *
     * @param bytes 1 MiB or more
     * @return the limits
     * @throws IllegalArgumentException if it is out of range
     */
    public SnapshotLimits maxBytes(long bytes) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("bytes must be " + LEAST_BYTES + " or more, was " + bytes);
        }
        return new SnapshotLimits(keep, bytes, maxFileBytes, minFreeBytes);
    }

    /**
     * The same with another limit for one file. What a larger one held is not kept; a restore leaves it alone.
     *
     * @param bytes 0 to {@value #MAX_FILE_BYTES}
     * @return the limits
     * @throws IllegalArgumentException if it is out of range
     */
    public SnapshotLimits maxFileBytes(long bytes) {
        if (bytes < 0 || bytes > MAX_FILE_BYTES) {
            throw new IllegalArgumentException("bytes must be 0 to " + MAX_FILE_BYTES + ", was " + bytes);
        }
        return new SnapshotLimits(keep, maxBytes, bytes, minFreeBytes);
    }

    /**
     * The same with another amount that must stay free on the disk. A snapshot whose contents would take more is taken without them.
     *
     * @param bytes 0 or more
     * @return the limits
     * @throws IllegalArgumentException if it is negative
     */
    public SnapshotLimits minFreeBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be 0 or more, was " + bytes);
        }
        return new SnapshotLimits(keep, maxBytes, maxFileBytes, bytes);
    }

    /**
     * How many snapshots are kept.
     *
     * @return 2 or more, or 0 for none
     */
    public int keep() {
        return keep;
    }

    /**
     * How many bytes all kept snapshots may take together.
     *
     * @return 1 MiB or more
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * How many bytes a file may have whose content is kept.
     *
     * @return 0 to {@value #MAX_FILE_BYTES}
     */
    public long maxFileBytes() {
        return maxFileBytes;
    }

    /**
     * How many bytes of the disk stay free.
     *
     * @return 0 or more
     */
    public long minFreeBytes() {
        return minFreeBytes;
    }

    @Override
    public String toString() {
        return "keep " + keep + ", maxBytes " + maxBytes + ", maxFileBytes " + maxFileBytes + ", minFreeBytes " + minFreeBytes;
    }
}
