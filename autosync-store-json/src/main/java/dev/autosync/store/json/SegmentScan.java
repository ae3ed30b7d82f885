package dev.autosync.store.json;

import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;

/** Reads whole segments that are not appended to any more. */
final class SegmentScan {
    private final Segments segments;
    private final Disk disk;

    SegmentScan(Segments segments, Disk disk) {
        this.segments = segments;
        this.disk = disk;
    }

    /** Takes an event with its line. */
    interface Sink {
        /**
         * Takes one.
         *
         * @param event the event
         * @param line its line, without the line end; overwritten by the next one
         * @param length how long that is
         */
        void accept(StoredEvent event, byte[] line, int length) throws IOException, InterruptedException;
    }

    /** Hands over the events of a segment up to an offset; the first line that is none ends it. */
    void read(SegmentFile file, long end, Sink sink) throws IOException, InterruptedException {
        try (LineReader in = new LineReader(disk.read(segments.path(file), 0), 0, end, 0)) {
            while (in.next()) {
                Frame frame = Frame.of(in.line(), in.length());
                Line line = frame.state() == Frame.State.VALID && in.terminated()
                        ? Line.decode(in.line(), in.length(), frame.sequence()) : null;
                if (line == null) {
                    throw new BrokenException(Damage.of(file.name(), in.number(), frame));
                }
                sink.accept(line.event(), in.line(), in.length());
            }
        }
    }

    Digest digest(SegmentFile file) throws IOException {
        Digest digest = new Digest();
        try {
            read(file, Files.size(segments.path(file)), (event, line, length) -> digest.add(event, digest.bytes() + length + 1));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nothing here waits", e);
        }
        return digest;
    }
}
