package dev.autosync.core.patch;

/**
 * How much work one diff may cause, so that hostile repetition (many hunks that fit nowhere, many sections on one large file) ends in
 * a refusal instead of hours. One step is about one byte hashed or one line compared.
 */
final class DiffWork {
    /** A few seconds; a patch of 64 MiB on files of the same size takes about half of it. */
    static final long MAX_STEPS = 1L << 30;

    private long left;

    DiffWork(long steps) {
        this.left = steps;
    }

    void spend(long steps) throws DiffRefused {
        left -= steps;
        if (left < 0) {
            throw DiffRefused.limit("finding the places of its hunks takes too much work; split the patch");
        }
    }
}
