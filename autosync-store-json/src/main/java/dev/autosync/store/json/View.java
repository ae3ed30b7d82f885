package dev.autosync.store.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that holds events, at one moment.
 *
 * @param compacted what was compacted
 * @param appended the numbers of the segments that were appended to since, in their order, up to that of the tail
 * @param tail where the events end
 */
record View(Compacted compacted, List<Integer> appended, Tail tail) {

    View {
        appended = List.copyOf(appended);
    }

    /** The same files with another end, perhaps with a new one. */
    View with(Tail next) {
        if (next.end() == 0 || !appended.isEmpty() && appended.get(appended.size() - 1) == next.segment()) {
            return new View(compacted, appended, next);
        }
        List<Integer> all = new ArrayList<>(appended);
        all.add(next.segment());
        return new View(compacted, all, next);
    }

    /** The files in the order of their events; the last one may hold none. */
    List<SegmentFile> files() {
        List<SegmentFile> files = new ArrayList<>(compacted.parts().size() + appended.size());
        compacted.parts().forEach(part -> files.add(part.file()));
        appended.forEach(number -> files.add(SegmentFile.appended(number)));
        return files;
    }

    /** What a file holds that a compaction has written or kept; null if it was appended since. */
    @Nullable Facts part(SegmentFile file) {
        for (Compacted.Part part : compacted.parts()) {
            if (part.file().equals(file)) {
                return part.facts();
            }
        }
        return null;
    }

    /** Whether a file is the one that is appended to. */
    boolean isLast(SegmentFile file) {
        return file.generation() == 0 && file.number() == tail.segment();
    }

    /** Whether events may be missing from one number up to before another. */
    boolean mayMiss(long from, long before) {
        return from >= before || before - 1 <= compacted.upTo();
    }
}
