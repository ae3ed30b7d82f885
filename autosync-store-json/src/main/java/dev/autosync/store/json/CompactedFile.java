package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code compacted.jsonl}: one line that says what was compacted, one for each file of events, one for each rollup. It is replaced
 * whole; that is the moment at which a compaction happens. Threads: to be called by one at a time, but {@link #rollups}.
 */
final class CompactedFile {

    /** What tells one version of the file from another. */
    private record Stamp(long size, FileTime time, @Nullable Object key) {}

    private final Path file;
    private final Disk disk;
    private @Nullable Stamp stamp;
    private Compacted compacted = Compacted.NONE;

    CompactedFile(Segments segments, Disk disk) {
        this.file = segments.compacted();
        this.disk = disk;
    }

    /** What the file says now. One look at its attributes where it has not changed. */
    Compacted read() throws IOException {
        Stamp now = stamp();
        if (now != null && !now.equals(stamp)) {
            compacted = parse();
        } else if (now == null) {
            compacted = Compacted.NONE;
        }
        stamp = now;
        return compacted;
    }

    private @Nullable Stamp stamp() throws IOException {
        // The usual answer, and the cheapest way to it.
        if (!file.toFile().exists()) {
            return null;
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.size(), now.lastModifiedTime(), now.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Compacted parse() throws IOException {
        try (RecordReader in = new RecordReader(disk, file)) {
            return header(in);
        }
    }

    private static Compacted header(RecordReader in) throws IOException {
        Fields line = in.next(fields -> fields);
        try {
            List<Compacted.Part> parts = new ArrayList<>();
            for (long left = line.number("parts"); left > 0; left--) {
                parts.add(in.next(part -> new Compacted.Part(Records.file(part), Records.facts(part))));
            }
            return new Compacted(Math.toIntExact(line.number("generation")), line.number("upTo"), Math.toIntExact(line.number("through")),
                    line.number("last"), line.number("token"), parts, Math.toIntExact(line.number("rollups")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BrokenException(new Damage("compacted.jsonl", 1, "the line is nothing that this version writes", false));
        }
    }

    /** The rollups in the file, or some of them, of the file as it was read. */
    Rollups rollups(Compacted of, Predicate<KindRollup> wanted) throws IOException {
        try (RecordReader in = new RecordReader(disk, file)) {
            if (!header(in).equals(of)) {
                throw new NoSuchFileException(file.toString(), null, "it has been replaced");
            }
            Rollups rollups = new Rollups();
            for (int left = of.rollups(); left > 0; left--) {
                KindRollup rollup = in.nextRollup();
                if (wanted.test(rollup)) {
                    rollups.add(rollup);
                }
            }
            in.end();
            return rollups;
        }
    }

    /** Replaces the file, durably. When the name of the new file cannot be forced, either may be there after a power cut. */
    void write(Compacted next, Rollups rollups) throws IOException {
        try (RecordWriter out = new RecordWriter(disk, file)) {
            out.add(",\"generation\":" + next.generation() + ",\"upTo\":" + next.upTo() + ",\"through\":" + next.through() + ",\"last\":"
                    + next.last() + ",\"token\":" + next.token() + ",\"parts\":" + next.parts().size() + ",\"rollups\":" + rollups.size());
            for (Compacted.Part part : next.parts()) {
                out.add(Records.facts(part.file(), part.facts()));
            }
            for (KindRollup rollup : (Iterable<KindRollup>) rollups.stream()::iterator) {
                out.add(Records.rollup(rollup));
            }
            out.place(file, true);
        }
    }
}
