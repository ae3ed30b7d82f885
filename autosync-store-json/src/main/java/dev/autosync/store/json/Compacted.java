package dev.autosync.store.json;

import java.util.List;

/**
 * What the latest compaction has left: which files stand for the segments up to a number.
 *
 * @param generation its number, higher than any before; 0 if there was none, 1 for a history that was restored
 * @param upTo the highest sequence number that was ever removed
 * @param through the number of the last segment that it covers; those behind it were appended since
 * @param last the last sequence number of the store at that time
 * @param token the token of that event
 * @param parts the files, in the order of their events
 * @param rollups how many rollups of all events through that segment follow in the file, also of those that were removed
 */
record Compacted(int generation, long upTo, int through, long last, long token, List<Part> parts, int rollups) {
    static final int RESTORED = 1;
    static final Compacted NONE = new Compacted(0, 0, 0, 0, 0, List.of(), 0);

    /**
     * A file of events that is not changed any more.
     *
     * @param file its name
     * @param facts what it holds
     */
    record Part(SegmentFile file, Facts facts) {}

    Compacted {
        parts = List.copyOf(parts);
    }

    /** The generation of what comes next. Files of the first one are those of a history that was restored. */
    int nextGeneration() {
        return Math.max(RESTORED, generation) + 1;
    }

    /** Where the events end if nothing was appended since. */
    Tail tail() {
        return new Tail(through + 1, 0, 0, last, token, false, null);
    }
}
