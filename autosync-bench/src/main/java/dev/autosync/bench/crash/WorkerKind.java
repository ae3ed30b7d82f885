package dev.autosync.bench.crash;

/** How a {@link WorkerChild} writes. */
enum WorkerKind {
    /** By transactions. */
    JOURNAL,
    /** By transactions whose forced writes are left out. */
    UNFORCED,
    /** File by file, each of them forced. */
    PER_FILE
}
