package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams the segments, from the one that holds the first event asked for. Checks every line and that no event is missing. */
final class EventReader {
    private static final int LONGEST_BEGIN = 40;

    private final Segments segments;
    private final Disk disk;

    EventReader(Segments segments, Disk disk) {
        this.segments = segments;
        this.disk = disk;
    }

    /** Adds the events to {@code found}; answers with the damage that it met first, null if there was none up to the limit. */
    Tail.@Nullable Damage read(EventQuery query, Tail tail, Deque<StoredEvent> found) throws IOException {
        long after = query.afterSequence();
        if (tail.damage() == null && tail.sequence() <= after) {
            return null;
        }
        List<Integer> numbers = segments.numbers().stream().filter(n -> n <= tail.segment()).toList();
        int start = start(numbers, after);
        long next = 1;
        for (int i = start; i < numbers.size(); i++) {
            int number = numbers.get(i);
            Path file = segments.path(number);
            long end = number == tail.segment() && tail.damage() == null ? tail.end() : Files.size(file);
            try (LineReader in = new LineReader(disk.read(file, 0), 0, end, 0)) {
                while (in.next()) {
                    Frame frame = Frame.of(in.line(), in.length());
                    if (frame.state() != Frame.State.VALID || !in.terminated()) {
                        return new Tail.Damage(number, in.number(), TailReader.why(frame));
                    }
                    boolean skippedTo = i == start && start > 0 && in.number() == 1;
                    if (skippedTo ? frame.sequence() > after + 1 : frame.sequence() != next) {
                        return new Tail.Damage(number, in.number(), "event " + (skippedTo ? after + 1 : next) + " is missing");
                    }
                    next = frame.sequence() + 1;
                    if (frame.sequence() <= after) {
                        continue;
                    }
                    Line line = Line.decode(in.line(), in.length(), frame.sequence());
                    if (line == null) {
                        return new Tail.Damage(number, in.number(), TailReader.why(frame));
                    }
                    if (query.matches(line.event())) {
                        if (found.size() == query.limit()) {
                            found.removeFirst();
                        }
                        found.addLast(line.event());
                        if (found.size() == query.limit() && !query.latest()) {
                            return null;
                        }
                    }
                }
            }
        }
        if (tail.damage() != null) {
            return tail.damage();
        }
        return next == tail.sequence() + 1 ? null
                : new Tail.Damage(tail.segment(), tail.lines(), "events from " + next + " on are missing");
    }

    /**
     * The last segment that begins at or before the first event asked for. Its first line's number is taken on trust: if it is
     * damaged, then that segment or the one before is read, and either shows it.
     */
    private int start(List<Integer> numbers, long after) throws IOException {
        for (int i = numbers.size() - 1; i > 0 && after > 0; i--) {
            try (InputStream in = disk.read(segments.path(numbers.get(i)), 0)) {
                byte[] begin = in.readNBytes(LONGEST_BEGIN);
                long first = Frame.claimedSequence(begin, begin.length);
                if (first != 0 && first <= after + 1) {
                    return i;
                }
            }
        }
        return 0;
    }
}
