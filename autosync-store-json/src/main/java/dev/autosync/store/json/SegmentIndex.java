package dev.autosync.store.json;

import dev.autosync.lock.LockException;
import dev.autosync.spi.KindRollup;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts and rollups of the segments that are not appended to any more, from the files beside them: {@code rollups-000001.jsonl} beside
 * {@code events-000001.jsonl}. Such a file can be made anew from its segment, which is done when it is missing or damaged. What was read is
 * remembered up to a bound. Threads: safe to share.
 */
final class SegmentIndex {
    /** Rollups that are remembered, of some 150 bytes each. */
    private static final int MOST_ROLLUPS = 200_000;
    private static final int MOST_FACTS = 10_000;

    private final Segments segments;
    private final Disk disk;
    private final Map<SegmentFile, Facts> facts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SegmentFile, Facts> eldest) {
            return size() > MOST_FACTS;
        }
    };
    private final Map<SegmentFile, Rollups> rollups = new LinkedHashMap<>(16, 0.75f, true);
    private int remembered;

    SegmentIndex(Segments segments, Disk disk) {
        this.segments = segments;
        this.disk = disk;
    }

    /** What is known of a segment; null if nothing is without reading it. */
    @Nullable Facts facts(SegmentFile file) throws IOException {
        synchronized (this) {
            Facts known = facts.get(file);
            if (known != null) {
                return known;
            }
        }
        try (RecordReader in = new RecordReader(disk, segments.rollups(file))) {
            return remember(file, of(file, in.next(line -> line)));
        } catch (NoSuchFileException | BrokenException e) {
            return null;
        }
    }

    private synchronized @Nullable Facts remember(SegmentFile file, @Nullable Facts found) {
        if (found != null) {
            facts.put(file, found);
        }
        return found;
    }

    /** Null if the line is about another segment, or about one that has been changed since. */
    private @Nullable Facts of(SegmentFile file, Fields line) throws IOException {
        try {
            Facts found = Records.facts(line);
            return Records.file(line).equals(file) && Files.size(segments.path(file)) == found.bytes() ? found : null;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return null;
        }
    }

    /** The rollups of a segment, read from the file beside it or, if there is none that is right, from the segment. */
    Rollups rollups(SegmentFile file) throws IOException {
        synchronized (this) {
            Rollups known = rollups.get(file);
            if (known != null) {
                return known;
            }
        }
        Rollups found = beside(file);
        if (found == null) {
            Digest digest = new SegmentScan(segments, disk).digest(file);
            remember(file, digest.facts());
            writeIfNobodyElseWrites(file, digest);
            found = digest.rollups();
        }
        return remember(file, found);
    }

    private synchronized Rollups remember(SegmentFile file, Rollups found) {
        Rollups before = rollups.put(file, found);
        remembered += found.size() - (before == null ? 0 : before.size());
        for (var eldest = rollups.entrySet().iterator(); remembered > MOST_ROLLUPS && rollups.size() > 1;) {
            remembered -= eldest.next().getValue().size();
            eldest.remove();
        }
        return found;
    }

    /** The rollups in the file beside a segment; null if there is none that is right. */
    @Nullable Rollups beside(SegmentFile file) throws IOException {
        try (RecordReader in = new RecordReader(disk, segments.rollups(file))) {
            Fields line = in.next(fields -> fields);
            if (of(file, line) == null) {
                return null;
            }
            Rollups found = new Rollups();
            for (long left = line.number("rollups"); left > 0; left--) {
                KindRollup rollup = in.nextRollup();
                found.add(rollup);
            }
            in.end();
            return found;
        } catch (NoSuchFileException | BrokenException | IllegalArgumentException e) {
            return null;
        }
    }

    /** What a segment holds, read from it where nothing is known. */
    Facts require(SegmentFile file) throws IOException {
        Facts known = facts(file);
        return known != null ? known : new SegmentScan(segments, disk).digest(file).facts();
    }

    /** Takes what is known of a segment that is not appended to any more. To be called by who keeps all others out. */
    void add(SegmentFile file, Digest digest) throws IOException {
        remember(file, digest.facts());
        remember(file, digest.rollups());
        write(file, digest);
    }

    /** The file is not forced: what a power cut leaves of it is seen to be torn, and made anew. */
    private void write(SegmentFile file, Digest digest) throws IOException {
        Path target = segments.rollups(file);
        try (RecordWriter out = new RecordWriter(disk, target)) {
            out.add(Records.facts(file, digest.facts()).append(",\"rollups\":").append(digest.rollups().size()));
            for (KindRollup rollup : (Iterable<KindRollup>) digest.rollups().stream()::iterator) {
                out.add(Records.rollup(rollup));
            }
            out.place(target, false);
        }
    }

    /** It only saves time: where nothing may be written, or somebody else is about to write, it is left to the next one. */
    private void writeIfNobodyElseWrites(SegmentFile file, Digest digest) {
        try (Closeable others = disk.lock(segments.lock(), Duration.ZERO)) {
            if (Files.exists(segments.path(file))) {
                write(file, digest);
            }
        } catch (IOException | LockException e) {
            // Nothing is lost.
        }
    }
}
