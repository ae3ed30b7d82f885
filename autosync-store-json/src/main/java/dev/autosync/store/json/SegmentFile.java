package dev.autosync.store.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of one file of events, and of the rollups beside it.
 *
 * @param number its place among the segments, from 1 on
 * @param generation 0 as it was appended to, else the number of the compaction that wrote it
 */
record SegmentFile(int number, int generation) {
    private static final Pattern NAME = Pattern.compile("(events|rollups)-([0-9]{6,9})(?:-g([1-9][0-9]{0,8}))?\\.jsonl");

    static SegmentFile appended(int number) {
        return new SegmentFile(number, 0);
    }

    String name() {
        return "events-" + stem();
    }

    String rollupsName() {
        return "rollups-" + stem();
    }

    private String stem() {
        String digits = String.format("%06d", number);
        return generation == 0 ? digits + ".jsonl" : digits + "-g" + generation + ".jsonl";
    }

    /** The segment that a file belongs to, be it that of the events or that of the rollups; null if it is neither. */
    static @Nullable SegmentFile of(String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            return null;
        }
        String generation = match.group(3);
        SegmentFile file = new SegmentFile(Integer.parseInt(match.group(2)), generation == null ? 0 : Integer.parseInt(generation));
        return name.equals(file.name()) || name.equals(file.rollupsName()) ? file : null;
    }
}
