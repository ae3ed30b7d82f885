package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the lines between two offsets of a segment, and checks them. */
final class LineRange {
    private final Segments segments;
    private final Disk disk;
    private final View view;
    private final EventQuery query;
    private final LineFilter filter;
    private long first;
    private long last;

    LineRange(Segments segments, Disk disk, View view, EventQuery query) {
        this.segments = segments;
        this.disk = disk;
        this.view = view;
        this.query = query;
        this.filter = new LineFilter(query);
    }

    /**
     * Hands over the events that are asked for, until that says false.
     *
     * @param from where a line begins
     * @param due the number that the first line must have, or may not be above; 0 for any
     * @param exactly whether it must have it
     * @return the damage that was met first; null if there was none
     */
    @Nullable Damage read(SegmentFile file, long from, long to, long due, boolean exactly, Predicate<StoredEvent> found) throws IOException {
        first = 0;
        last = 0;
        long next = due;
        try (LineReader in = new LineReader(disk.read(segments.path(file), from), from, to, 0)) {
            while (in.next()) {
                Frame frame = Frame.of(in.line(), in.length());
                if (frame.state() != Frame.State.VALID || !in.terminated()) {
                    return Damage.of(file.name(), in.number(), frame.state() == Frame.State.VALID ? Frame.BROKEN : frame);
                }
                long sequence = frame.sequence();
                boolean free = first == 0 && (due == 0 || !exactly && sequence <= next);
                if (!free && sequence != next && (sequence < next || !view.mayMiss(next, sequence))) {
                    return Damage.missing(file, in.number(), next);
                }
                first = first == 0 ? sequence : first;
                last = sequence;
                next = sequence + 1;
                if (sequence <= query.afterSequence() || !filter.mayMatch(in.line(), in.length())) {
                    continue;
                }
                Line line = Line.decode(in.line(), in.length(), sequence);
                if (line == null) {
                    return Damage.of(file.name(), in.number(), frame);
                }
                if (query.matches(line.event()) && !found.test(line.event())) {
                    return null;
                }
            }
        } catch (NoSuchFileException e) {
            return Damage.of(file, 1, "the file is missing");
        }
        return null;
    }

    /** The number of the first line that was read; 0 if there was none. */
    long first() {
        return first;
    }

    /** The number of the last line that was read; 0 if there was none. */
    long last() {
        return last;
    }
}
