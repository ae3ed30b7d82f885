package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the end of the last whole append, reading the last segment only. Writes nothing. */
final class TailReader {
    /*
     * What may stand behind the last whole append, and is no damage: the beginning of an append that was cut by a crash. That is
     * whole lines of one batch, without its last, and then perhaps one broken line without a line end. After a power cut there may
     * also be holes in it, for a file system may write the blocks of a file in any order; a hole reads as NUL, which no line ever
     * holds. Everything else is damage, also at the very end: a broken line that has its line end and no hole was once written
     * whole, so it may have been acknowledged and must not be cut off.
     */
    private final Segments segments;
    private final Disk disk;
    private final boolean wholeBatches;

    TailReader(Segments segments, Disk disk, boolean wholeBatches) {
        this.segments = segments;
        this.disk = disk;
        this.wholeBatches = wholeBatches;
    }

    /** Looks at the folder afresh. */
    Tail find() throws IOException {
        List<Integer> numbers = segments.numbers();
        Tail tail = Tail.empty();
        // A crash between making a segment and writing to it leaves an empty one; then the end is in the one before.
        int i = numbers.size() - 1;
        for (; i >= 0; i--) {
            tail = readOn(Tail.empty().startOf(numbers.get(i)));
            if (tail.sequence() > 0 || tail.damage() != null) {
                break;
            }
        }
        int last = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
        if (tail.segment() == last || tail.damage() != null) {
            return tail;
        }
        if (tail.torn()) {
            return tail.damaged(new Tail.Damage(tail.segment(), tail.lines() + 1, "the end of this segment is broken"));
        }
        Tail start = tail.startOf(last);
        return Files.size(segments.path(last)) == 0 ? start
                : new Tail(last, 0, 0, start.sequence(), start.token(), true, null);
    }

    /** Looks at what has come behind an end that is known. */
    Tail readOn(Tail from) throws IOException {
        Path file = segments.path(from.segment());
        long size = Files.size(file);
        if (size < from.end()) {
            return from.damaged(new Tail.Damage(from.segment(), Math.max(1, from.lines()), "the file has become shorter"));
        }
        try (LineReader in = new LineReader(disk.read(file, from.end()), from.end(), size, from.lines())) {
            return new Scan(from).read(in, size);
        }
    }

    static String why(Frame frame) {
        return switch (frame.state()) {
            case VALID -> "the line is no event of this version";
            case BROKEN -> "the line is not what was written";
            case NEWER_VERSION -> "a newer version of AutoSync wrote the line";
        };
    }

    private final class Scan {
        private Tail whole;
        private long next;
        private long batch;
        private boolean anyValid;
        private Tail.@Nullable Damage broken;
        private boolean unknown;
        private boolean holes = true;
        private boolean rotten;
        private long cutBatch;
        private boolean likeOurs;

        Scan(Tail from) {
            this.whole = from;
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
                Tail.Damage damage = broken == null ? misplaced(in, line) : interrupted(line);
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
            boolean hole = false;
            for (int i = 0; i < in.length() && !hole; i++) {
                hole = in.line()[i] == 0;
            }
            holes &= hole;
            rotten |= !hole && (in.terminated() || Frame.of(in.line(), in.length() - 1).state() == Frame.State.VALID);
            // A checksum that is right, on a line that says nothing to us, is nothing that a crash leaves behind either.
            unknown |= frame.state() == Frame.State.NEWER_VERSION || frame.state() == Frame.State.VALID && in.terminated();
            if (broken == null) {
                broken = new Tail.Damage(whole.segment(), in.number(), why(frame));
                int begin = Math.min(in.length(), Frame.BEGIN.length);
                likeOurs = hole || !in.terminated() && Frame.has(Frame.BEGIN, begin, 0, Arrays.copyOf(in.line(), begin));
            }
        }

        /** A valid line behind a broken one. */
        private Tail.@Nullable Damage interrupted(Line line) {
            long due = batch != 0 ? batch : cutBatch != 0 ? cutBatch : whole.sequence() != 0 ? next : line.first();
            boolean sameAppend = line.first() < line.last() && line.first() == due;
            cutBatch = line.first();
            return wholeBatches && sameAppend && holes ? null : broken;
        }

        /** A valid line in the wrong place. */
        private Tail.@Nullable Damage misplaced(LineReader in, Line line) {
            long sequence = line.event().sequence();
            boolean first = !anyValid && whole.sequence() == 0;
            if (!first && sequence != next) {
                return new Tail.Damage(whole.segment(), in.number(), "event " + next + " is missing");
            }
            if (wholeBatches && line.first() != (batch == 0 ? sequence : batch)) {
                return new Tail.Damage(whole.segment(), in.number(), "the append before it is not whole");
            }
            return null;
        }

        private void accept(LineReader in, Line line) {
            long sequence = line.event().sequence();
            next = sequence + 1;
            batch = line.first();
            if (sequence == line.last() || !wholeBatches) {
                batch = 0;
                whole = new Tail(whole.segment(), in.end(), in.number(), sequence, line.event().token().value(), false, null);
            }
        }

        /** Throws if the rest of the segment is something that must not be cut off. */
        private void refuseForeign(Tail.Damage first) {
            if (unknown) {
                throw new StoreException(ErrorCode.STORE_DAMAGED, "Cannot use " + segments.path(first.segment()) + ":" + first.line()
                        + ": " + first.why() + "; use the version that wrote it", null);
            }
            if (!anyValid && whole.end() == 0 && !likeOurs) {
                throw new StoreException(ErrorCode.STORE_DAMAGED, "Cannot use " + segments.path(first.segment())
                        + ": it does not begin with an event of this store; move the file away, or restore it from a copy", null);
            }
        }
    }
}
