package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads the lines of a file beside the events, and checks each. */
final class RecordReader implements AutoCloseable {

    private final String name;
    private final LineReader in;

    RecordReader(Disk disk, Path file) throws IOException {
        this.name = String.valueOf(file.getFileName());
        this.in = new LineReader(disk.read(file, 0), 0, Files.size(file), 0);
    }

    /** The next line, which must be there. */
    <T> T next(Function<Fields, T> decode) throws IOException {
        return decode(nextFrame(), decode);
    }

    /** The next line, which must be there and be a rollup. */
    KindRollup nextRollup() throws IOException {
        Frame frame = nextFrame();
        KindRollup rollup = RollupLine.read(in.line(), in.length());
        return rollup != null ? rollup : decode(frame, Records::rollup);
    }

    private Frame nextFrame() throws IOException {
        boolean there = in.next();
        Frame frame = there ? Frame.of(in.line(), in.length()) : Frame.BROKEN;
        if (frame.state() != Frame.State.VALID || !in.terminated() || frame.sequence() != in.number()) {
            throw new BrokenException(Damage.of(name, there ? in.number() : in.number() + 1, frame));
        }
        return frame;
    }

    private <T> T decode(Frame frame, Function<Fields, T> decode) throws IOException {
        Fields fields = Fields.decode(in.line(), in.length());
        try {
            if (fields != null) {
                return decode.apply(fields);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Said below: the line is valid, and means nothing.
        }
        throw new BrokenException(Damage.of(name, in.number(), frame));
    }

    /** Nothing may come any more. */
    void end() throws IOException {
        if (in.next()) {
            throw new BrokenException(new Damage(name, in.number(), "the file should end before this line", false));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
