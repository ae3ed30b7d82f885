package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query. The earliest events are read from the first line that may be asked for, the latest from the end backwards. Segments that hold nothing
 * that is asked for are left out where that is known. Checks every line that it reads, and that no event is missing between them.
 */
final class EventReader {
    private static final long FIRST_CHUNK = 1 << 14;
    private static final long LARGEST_CHUNK = 1 << 20;

    private final Segments segments;
    private final SegmentIndex index;
    private final SegmentSeek seek;
    private final LineRange range;
    private final EventQuery query;
    private final View view;
    private final List<SegmentFile> files;
    private final Deque<StoredEvent> found;

    EventReader(Segments segments, Disk disk, SegmentIndex index, EventQuery query, View view, Deque<StoredEvent> found) {
        this.segments = segments;
        this.index = index;
        this.seek = new SegmentSeek(segments, disk);
        this.range = new LineRange(segments, disk, view, query);
        this.query = query;
        this.view = view;
        this.files = view.files();
        this.found = found;
    }

    /** Adds the events to {@code found}; answers with the damage that it met first, null if there was none up to the limit. */
    @Nullable Damage read() throws IOException {
        if (view.tail().damage() != null) {
            return forwards();
        }
        if (view.tail().sequence() <= query.afterSequence()) {
            return null;
        }
        return query.latest() ? backwards() : forwards();
    }

    private @Nullable Damage forwards() throws IOException {
        long after = query.afterSequence();
        int start = after == 0 ? 0 : start(after);
        long next = start == 0 ? 1 : after + 1;
        boolean begun = start == 0;
        for (SegmentFile file : files.subList(start, files.size())) {
            Facts known = facts(file);
            if (known != null && !known.mayHold(query)) {
                if (begun ? !follows(next, known.first()) : known.first() > next && !view.mayMiss(next, known.first())) {
                    return Damage.missing(file, 1, next);
                }
                next = Math.max(next, known.last() + 1);
                begun |= known.last() > after;
                continue;
            }
            long end = end(file, known);
            if (end < 0) {
                if (view.part(file) != null) {
                    return notAsWritten(file);
                }
                continue;
            }
            long from = after == 0 || next > after + 1 ? 0 : seek.before(file, end, after);
            Damage damage = range.read(file, from, end, from == 0 ? next : after + 1, begun && from == 0, this::takeEarliest);
            if (damage != null) {
                return from == 0 ? damage : lineCounted(file, from, damage);
            }
            if (!query.latest() && found.size() == query.limit()) {
                return null;
            }
            if (range.last() > 0) {
                next = range.last() + 1;
                begun = true;
            }
        }
        Tail tail = view.tail();
        if (tail.damage() != null) {
            return tail.damage();
        }
        return view.mayMiss(next, tail.sequence() + 1) ? null
                : Damage.of(tail.file(), Math.max(1, tail.lines()), "events from " + next + " on are missing");
    }

    /** True to go on. */
    private boolean takeEarliest(StoredEvent event) {
        if (found.size() == query.limit()) {
            found.removeFirst();
        }
        found.addLast(event);
        return query.latest() || found.size() < query.limit();
    }

    private @Nullable Damage backwards() throws IOException {
        long after = query.afterSequence();
        long above = view.tail().sequence() + 1;
        for (int i = files.size() - 1; i >= 0; i--) {
            SegmentFile file = files.get(i);
            Facts known = facts(file);
            if (known != null && !known.mayHold(query)) {
                if (!follows(known.last() + 1, above)) {
                    return Damage.missing(file, known.events() + 1, known.last() + 1);
                }
                above = known.first();
                if (above <= after + 1) {
                    return null;
                }
                continue;
            }
            long end = end(file, known);
            if (end < 0 && view.part(file) != null) {
                return notAsWritten(file);
            }
            long chunk = FIRST_CHUNK;
            while (end > 0) {
                long from = end;
                for (chunk = Math.min(LARGEST_CHUNK, chunk); from >= end; chunk *= 2) {
                    from = seek.lineStart(file, Math.max(0, end - chunk), end);
                }
                Deque<StoredEvent> here = new ArrayDeque<>();
                Damage damage = range.read(file, from, end, 0, false, here::add);
                if (damage != null) {
                    return from == 0 ? damage : lineCounted(file, from, damage);
                }
                if (!follows(range.last() + 1, above)) {
                    return Damage.missing(file, seek.lines(file, end) + 1, range.last() + 1);
                }
                while (!here.isEmpty()) {
                    found.addFirst(here.removeLast());
                    if (found.size() == query.limit()) {
                        return null;
                    }
                }
                above = range.first();
                if (above <= after + 1) {
                    return null;
                }
                end = from;
            }
        }
        return view.mayMiss(1, above) ? null : Damage.of(files.get(0), 1, "events up to " + (above - 1) + " are missing");
    }

    private boolean follows(long due, long sequence) {
        return sequence == due || sequence > due && view.mayMiss(due, sequence);
    }

    /** Null if nothing is known, or if the file is the one that is appended to. */
    private @Nullable Facts facts(SegmentFile file) throws IOException {
        Facts part = view.part(file);
        if (part != null || view.isLast(file)) {
            return part;
        }
        if (query.kind().isEmpty() && query.since().isEmpty() && query.until().isEmpty()) {
            return null;
        }
        return index.facts(file);
    }

    private static Damage notAsWritten(SegmentFile file) {
        return Damage.of(file, 1, "the file is missing, or has another length than was written");
    }

    /** How far to read; -1 if the file is not what it was. */
    private long end(SegmentFile file, @Nullable Facts known) throws IOException {
        if (view.isLast(file) && view.tail().damage() == null) {
            return view.tail().end();
        }
        try {
            long size = Files.size(segments.path(file));
            return view.part(file) == null || known != null && known.bytes() == size ? size : -1;
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** The last file that begins at or before the first event asked for. */
    private int start(long after) throws IOException {
        int low = 0;
        int high = files.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            long first = first(files.get(middle));
            if (first != 0 && first <= after + 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long first(SegmentFile file) throws IOException {
        Facts part = view.part(file);
        if (part != null) {
            return part.first();
        }
        try {
            return seek.claimed(file, 0);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private Damage lineCounted(SegmentFile file, long from, Damage damage) throws IOException {
        return new Damage(damage.file(), damage.line() + seek.lines(file, from), damage.why(), damage.newer());
    }
}
