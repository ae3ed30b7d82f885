package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the end of the last whole append, reading the last segment only. Writes nothing. */
final class TailReader {
    /*
     * What may stand behind the last whole append, and is no damage: the beginning of a write that was cut by a crash. A write is one
     * append, or several that were made at once. That is whole lines of one write, without its last, and then perhaps one broken line
     * without a line end. After a power cut there may also be holes in it, for a file system may write the blocks of a file in any order; a
     * hole reads as NUL, which no line ever holds. Everything else is damage, also at the very end: a broken line that has its line end and
     * no hole was once written whole, so it may have been acknowledged and must not be cut off.
     */
    private final Segments segments;
    private final Disk disk;
    private final boolean wholeBatches;

    TailReader(Segments segments, Disk disk, boolean wholeBatches) {
        this.segments = segments;
        this.disk = disk;
        this.wholeBatches = wholeBatches;
    }

    /**
     * An end, and what the segment that it is in comes to.
     *
     * @param tail the end
     * @param digest of the events before it in its segment
     */
    record Found(Tail tail, Digest digest) {}

    /** An event of an append whose last line has not come yet. */
    private record Accepted(StoredEvent event, long end) {}

    /** Looks at the segments that were appended to since a compaction, afresh. */
    Found find(Compacted compacted, List<Integer> numbers) throws IOException {
        Found found = new Found(compacted.tail(), new Digest());
        // A crash between making a segment and writing to it leaves an empty one; then the end is in the one before.
        for (int i = numbers.size() - 1; i >= 0; i--) {
            found = readOn(Tail.empty().startOf(numbers.get(i)), new Digest());
            if (found.tail().sequence() > 0 || found.tail().damage() != null) {
                break;
            }
        }
        Tail tail = found.tail();
        int last = numbers.isEmpty() ? tail.segment() : numbers.get(numbers.size() - 1);
        if (tail.sequence() == 0) {
            tail = new Tail(tail.segment(), tail.end(), tail.lines(), compacted.last(), Math.max(tail.token(), compacted.token()), tail.torn(),
                    tail.damage());
        }
        if (tail.segment() == last || tail.damage() != null) {
            return new Found(tail, found.digest());
        }
        if (tail.torn() && tail.end() > 0) {
            return new Found(tail.damaged(Damage.of(tail.file(), tail.lines() + 1, "the end of this segment is broken")), found.digest());
        }
        Tail start = tail.startOf(last);
        return new Found(Files.size(segments.path(last)) == 0 ? start : new Tail(last, 0, 0, start.sequence(), start.token(), true, null),
                new Digest());
    }

    /** Looks at what has come behind an end that is known. */
    Found readOn(Tail from, Digest digest) throws IOException {
        Path file = segments.path(from.file());
        long size = Files.size(file);
        if (size < from.end()) {
            return new Found(from.damaged(Damage.of(from.file(), Math.max(1, from.lines()), "the file has become shorter")), digest);
        }
        try (LineReader in = new LineReader(disk.read(file, from.end()), from.end(), size, from.lines())) {
            return new Found(new Scan(from, digest).read(in, size), digest);
        }
    }

    private final class Scan {
        private Tail whole;
        private long next;
        private long batch;
        private boolean anyValid;
        private @Nullable Damage broken;
        private boolean unknown;
        private boolean holes = true;
        private boolean rotten;
        private long cutWrite;
        private boolean likeOurs;
        private final Digest digest;
        private final List<Accepted> accepted = new ArrayList<>();

        Scan(Tail from, Digest digest) {
            this.whole = from;
            this.digest = digest;
            this.next = from.sequence() + 1;
        }

        Tail read(LineReader in, long size) throws IOException {
            while (in.next()) {
                Frame frame = Frame.of(in.line(), in.length());
                Line line = frame.state() == Frame.State.VALID && in.terminated()
                        ? Line.decode(in.line(), in.length(), frame.sequence()) : null;
                if (line == null) {
                    broken(in, frame);
                    continue;
                }
                Damage damage = broken == null ? misplaced(in, line) : interrupted(line);
                if (damage != null) {
                    return new Tail(whole.segment(), whole.end(), whole.lines(), whole.sequence(), line.event().token().value(),
                            true, damage);
                }
                anyValid = true;
                if (broken == null) {
                    accept(in, line);
                }
            }
            if (broken != null) {
                refuseForeign(broken);
                if (rotten) {
                    return whole.damaged(broken);
                }
            }
            return new Tail(whole.segment(), whole.end(), whole.lines(), whole.sequence(), whole.token(), size > whole.end(), null);
        }

        private void broken(LineReader in, Frame frame) {
            boolean hole = Frame.hasHole(in.line(), in.length());
            holes &= hole;
            rotten |= !hole && (in.terminated() || Frame.of(in.line(), in.length() - 1).state() == Frame.State.VALID);
            // A checksum that is right, on a line that says nothing to us, is nothing that a crash leaves behind either.
            unknown |= frame.state() == Frame.State.NEWER_VERSION || frame.state() == Frame.State.VALID && in.terminated();
            if (broken == null) {
                broken = Damage.of(whole.file().name(), in.number(), frame);
                int begin = Math.min(in.length(), Frame.BEGIN.length);
                likeOurs = hole || !in.terminated() && Frame.has(Frame.BEGIN, begin, 0, Arrays.copyOf(in.line(), begin));
            }
        }

        /** A valid line behind a broken one: of the write that was cut it is if that began at or before the first event that is not there. */
        private @Nullable Damage interrupted(Line line) {
            long sequence = line.event().sequence();
            boolean known = batch != 0 || whole.sequence() != 0;
            boolean sameWrite = known ? line.write() <= next && next < sequence
                    : line.write() < sequence && (cutWrite == 0 || cutWrite == line.write());
            cutWrite = line.write();
            return wholeBatches && sameWrite && holes ? null : broken;
        }

        /** A valid line in the wrong place. */
        private @Nullable Damage misplaced(LineReader in, Line line) {
            long sequence = line.event().sequence();
            boolean first = !anyValid && whole.sequence() == 0;
            if (!first && sequence != next) {
                return Damage.missing(whole.file(), in.number(), next);
            }
            if (wholeBatches && line.first() != (batch == 0 ? sequence : batch)) {
                return Damage.of(whole.file(), in.number(), "the append before it is not whole");
            }
            return null;
        }

        private void accept(LineReader in, Line line) {
            long sequence = line.event().sequence();
            next = sequence + 1;
            batch = line.first();
            accepted.add(new Accepted(line.event(), in.end()));
            if (sequence == line.last() || !wholeBatches) {
                batch = 0;
                accepted.forEach(event -> digest.add(event.event(), event.end()));
                accepted.clear();
                whole = new Tail(whole.segment(), in.end(), in.number(), sequence, line.event().token().value(), false, null);
            }
        }

        /** Throws if the rest of the segment is something that must not be cut off. */
        private void refuseForeign(Damage first) {
            if (unknown) {
                throw segments.damaged(first);
            }
            if (!anyValid && whole.end() == 0 && !likeOurs) {
                throw new StoreException(ErrorCode.STORE_DAMAGED, "Cannot use " + segments.path(whole.file())
                        + ": it does not begin with an event of this store; move the file away, or restore it from a copy", null);
            }
        }
    }
}
