package dev.autosync.store.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the lines of a segment that are whole from those that are not. */
final class Salvage {

    /**
     * Events that are not there.
     *
     * @param from the number of the first
     * @param before the number of the event behind them
     */
    record Gap(long from, long before) {}

    private final String name;
    private final Digest digest = new Digest();
    private final List<Gap> gaps = new ArrayList<>();
    private long next;
    private long cut = Long.MAX_VALUE;
    private long bad;
    private long badAtEnd;
    private boolean anyBad;
    private long appendFrom;
    private long appendTo;

    Salvage(String name, long next) {
        this.name = name;
        this.next = next;
    }

    /** Takes events from a number on for what a crash has left of an append. */
    void cut(long from) {
        cut = from;
    }

    /** Reads all lines, and hands over the whole ones and the others if somebody takes them. */
    void scan(Disk disk, Path file, @Nullable PartWriter whole, @Nullable BlockWriter others) throws IOException {
        try (LineReader in = new LineReader(disk.read(file, 0), 0, Files.size(file), 0)) {
            while (in.next()) {
                Frame frame = Frame.of(in.line(), in.length());
                if (frame.state() == Frame.State.NEWER_VERSION) {
                    throw new BrokenException(Damage.of(name, in.number(), frame));
                }
                Line line = frame.state() == Frame.State.VALID && in.terminated() && frame.sequence() >= next && frame.sequence() < cut
                        ? Line.decode(in.line(), in.length(), frame.sequence()) : null;
                if (line != null) {
                    take(line, in, whole);
                    continue;
                }
                anyBad = true;
                if (in.terminated() && frame.sequence() < cut) {
                    bad++;
                    badAtEnd++;
                }
                if (others != null) {
                    others.add(in.line(), in.length());
                    others.add(new byte[] {'\n'}, 1);
                }
            }
        }
    }

    private void take(Line line, LineReader in, @Nullable PartWriter whole) throws IOException {
        long sequence = line.event().sequence();
        if (sequence > next) {
            gaps.add(new Gap(next, sequence));
        }
        next = sequence + 1;
        badAtEnd = 0;
        appendFrom = line.first();
        appendTo = line.last();
        digest.add(line.event(), in.end());
        if (whole != null) {
            whole.add(line.event(), in.line(), in.length());
        }
    }

    /** The first event of an append at the end that a crash has cut; the highest number if there is none. */
    long halfAppend() {
        return badAtEnd == 0 && next <= appendTo ? appendFrom : Long.MAX_VALUE;
    }

    boolean anyBad() {
        return anyBad;
    }

    /** How many lines with a line end are not whole. */
    long bad() {
        return bad;
    }

    /** How many of those lie behind the last whole one. */
    long badAtEnd() {
        return badAtEnd;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** The number behind that of the last whole event. */
    long next() {
        return next;
    }

    /** What the whole events come to; it is of the file only if there are no others. */
    Digest digest() {
        return digest;
    }
}
