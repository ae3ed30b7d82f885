package dev.autosync.store.json;

import org.jspecify.annotations.Nullable;

/**
 * Where the last whole append ended.
 *
 * @param segment the number of the last segment, the one to be appended to; its file need not be there as long as it holds nothing
 * @param end the offset in it behind the last whole append; 0 if it holds none
 * @param lines how many lines there are before that
 * @param sequence the last sequence number of the store; 0 if it is empty
 * @param token the token of that event; 0 if the store is empty
 * @param torn whether there is something behind {@code end}
 * @param damage a damaged line in this segment, with valid ones behind it
 */
record Tail(int segment, long end, long lines, long sequence, long token, boolean torn, @Nullable Damage damage) {

    static Tail empty() {
        return new Tail(1, 0, 0, 0, 0, false, null);
    }

    SegmentFile file() {
        return SegmentFile.appended(segment);
    }

    /** The start of a segment that holds nothing yet. */
    Tail startOf(int segment) {
        return new Tail(segment, 0, 0, sequence, token, false, damage);
    }

    Tail damaged(Damage damage) {
        return new Tail(segment, end, lines, sequence, token, torn, damage);
    }
}
