package dev.autosync.patch;

/**
 * How much a patch may ask for. Beyond any of these it is refused with {@link dev.autosync.ErrorCode#PATCH_LIMIT} before the work is done. A batch
 * of too many patches or bytes is refused as a whole, with the same code.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PatchLimits {
    private static final PatchLimits DEFAULTS = new Builder().build();

    private final long maxPatchBytes;
    private final long maxFileBytes;
    private final int maxFiles;
    private final int maxOperations;
    private final long maxCopyBytes;
    private final long maxMoveBytes;
    private final int maxDepth;
    private final int maxNumberLength;
    private final int maxStringLength;
    private final int maxHunks;
    private final int maxLines;
    private final int maxPatches;
    private final long maxBatchBytes;

    private PatchLimits(Builder builder) {
        this.maxPatchBytes = builder.maxPatchBytes;
        this.maxFileBytes = builder.maxFileBytes;
        this.maxFiles = builder.maxFiles;
        this.maxOperations = builder.maxOperations;
        this.maxCopyBytes = builder.maxCopyBytes;
        this.maxMoveBytes = builder.maxMoveBytes;
        this.maxDepth = builder.maxDepth;
        this.maxNumberLength = builder.maxNumberLength;
        this.maxStringLength = builder.maxStringLength;
        this.maxHunks = builder.maxHunks;
        this.maxLines = builder.maxLines;
        this.maxPatches = builder.maxPatches;
        this.maxBatchBytes = builder.maxBatchBytes;
    }

    /**
     * The limits that hold if nothing else is said.
     *
     * @return each with the default that its builder's method names
     */
    public static PatchLimits ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Other limits.
     *
     * @return a builder that begins with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The most bytes of a patch.
     *
     * @return bytes, 1 or more
     */
    public long maxPatchBytes() {
        return maxPatchBytes;
    }

    /**
     * The most bytes of a file that is patched, before and after.
     *
     * @return bytes, 1 or more
     */
    public long maxFileBytes() {
        return maxFileBytes;
    }

    /**
     * The most files that one patch changes.
     *
     * @return 1 or more
     */
    public int maxFiles() {
        return maxFiles;
    }

    /**
     * The most operations of a JSON Patch.
     *
     * @return 1 or more
     */
    public int maxOperations() {
        return maxOperations;
    }

    /**
     * By how much the {@code copy} operations of a JSON Patch may make a document grow together.
     *
     * @return characters, 0 or more
     */
    public long maxCopyBytes() {
        return maxCopyBytes;
    }

    /**
     * How long the values may be together that the operations of a JSON Patch move or test: each costs its length, however short the operation is.
     *
     * @return characters, 0 or more
     */
    public long maxMoveBytes() {
        return maxMoveBytes;
    }

    /**
     * How deep JSON may be nested, in the patch and in the file.
     *
     * @return levels, 1 or more
     */
    public int maxDepth() {
        return maxDepth;
    }

    /**
     * The longest spelling of a JSON number.
     *
     * @return characters, 1 or more
     */
    public int maxNumberLength() {
        return maxNumberLength;
    }

    /**
     * The longest JSON string.
     *
     * @return characters, 1 or more
     */
    public int maxStringLength() {
        return maxStringLength;
    }

    /**
     * The most hunks of a patch, over all its files.
     *
     * @return 1 or more
     */
    public int maxHunks() {
        return maxHunks;
    }

    /**
     * The most lines of a patch, and of a file that is patched line by line.
     *
     * @return 1 or more
     */
    public int maxLines() {
        return maxLines;
    }

    /**
     * The most patches of a batch.
     *
     * @return 1 or more
     */
    public int maxPatches() {
        return maxPatches;
    }

    /**
     * The most bytes of all patches of a batch together, and of all files of a patch folder.
     *
     * @return bytes, 1 or more
     */
    public long maxBatchBytes() {
        return maxBatchBytes;
    }

    /** Builds limits. Not safe to share between threads. */
    public static final class Builder {
        private long maxPatchBytes = 64L << 20;
        private long maxFileBytes = 64L << 20;
        private int maxFiles = 10_000;
        private int maxOperations = 100_000;
        private long maxCopyBytes = 16L << 20;
        private long maxMoveBytes = 64L << 20;
        private int maxDepth = 500;
        private int maxNumberLength = 10_000;
        private int maxStringLength = 16 << 20;
        private int maxHunks = 100_000;
        private int maxLines = 4_000_000;
        private int maxPatches = 10_000;
        private long maxBatchBytes = 256L << 20;

        private Builder() {}

        /**
         * Sets the most bytes of a patch.
         *
         * @param bytes 1 or more; 64 MiB by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxPatchBytes(long bytes) {
            this.maxPatchBytes = atLeast(1, bytes, "maxPatchBytes");
            return this;
        }

        /**
         * Sets the most bytes of a file that is patched.
         *
         * @param bytes 1 or more; 64 MiB by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxFileBytes(long bytes) {
            this.maxFileBytes = atLeast(1, bytes, "maxFileBytes");
            return this;
        }

        /**
         * Sets the most files that one patch changes.
         *
         * @param files 1 or more; 10,000 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxFiles(int files) {
            this.maxFiles = (int) atLeast(1, files, "maxFiles");
            return this;
        }

        /**
         * Sets the most operations of a JSON Patch.
         *
         * @param operations 1 or more; 100,000 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxOperations(int operations) {
            this.maxOperations = (int) atLeast(1, operations, "maxOperations");
            return this;
        }

        /**
         * Sets by how much {@code copy} operations may make a document grow together.
         *
         * @param characters 0 or more; 16 Mi by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxCopyBytes(long characters) {
            this.maxCopyBytes = atLeast(0, characters, "maxCopyBytes");
            return this;
        }

        /**
         * Sets how long the values may be together that operations move or test. With less than the length of a file nobody can test all of it.
         *
         * @param characters 0 or more; 64 Mi by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxMoveBytes(long characters) {
            this.maxMoveBytes = atLeast(0, characters, "maxMoveBytes");
            return this;
        }

        /**
         * Sets how deep JSON may be nested.
         *
         * @param levels 1 or more; 500 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxDepth(int levels) {
            this.maxDepth = (int) atLeast(1, levels, "maxDepth");
            return this;
        }

        /**
         * Sets the longest spelling of a JSON number.
         *
         * @param characters 1 or more; 10,000 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxNumberLength(int characters) {
            this.maxNumberLength = (int) atLeast(1, characters, "maxNumberLength");
            return this;
        }

        /**
         * Sets the longest JSON string.
         *
         * @param characters 1 or more; 16 Mi by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxStringLength(int characters) {
            this.maxStringLength = (int) atLeast(1, characters, "maxStringLength");
            return this;
        }

        /**
         * Sets the most hunks of a patch.
         *
         * @param hunks 1 or more; 100,000 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxHunks(int hunks) {
            this.maxHunks = (int) atLeast(1, hunks, "maxHunks");
            return this;
        }

        /**
         * Sets the most lines of a patch, and of a file that is patched line by line.
         *
         * @param lines 1 or more; 4 million by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxLines(int lines) {
            this.maxLines = (int) atLeast(1, lines, "maxLines");
            return this;
        }

        /**
         * Sets the most patches of a batch.
         *
         * @param patches 1 or more; 10,000 by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxPatches(int patches) {
            this.maxPatches = (int) atLeast(1, patches, "maxPatches");
            return this;
        }

        /**
         * Sets the most bytes of all patches of a batch together.
         *
         * @param bytes 1 or more; 256 MiB by default
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxBatchBytes(long bytes) {
            this.maxBatchBytes = atLeast(1, bytes, "maxBatchBytes");
            return this;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         */
        public PatchLimits build() {
            return new PatchLimits(this);
        }

        private static long atLeast(long least, long value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + " must be " + least + " or more, not " + value);
            }
            return value;
        }
    }
}
