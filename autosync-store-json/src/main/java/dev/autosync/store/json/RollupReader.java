package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers from the rollups of all files that are not appended to any more. */
final class RollupReader {
    /** More of them are not held in memory all at once. */
    private static final int MANY = 200_000;

    private final CompactedFile compactedFile;
    private final SegmentIndex index;
    private @Nullable Compacted of;
    private Rollups compacted = new Rollups();

    RollupReader(CompactedFile compactedFile, SegmentIndex index) {
        this.compactedFile = compactedFile;
        this.index = index;
    }

    /** The hours or days of a query; null if the files are no longer those of the view. */
    @Nullable TreeMap<Instant, Rollup> read(View view, RollupQuery query) throws IOException, RecordReader.BrokenException {
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        Rollups before = compacted(view, query);
        if (before == null) {
            return null;
        }
        before.addTo(pieces, query);
        for (int number : view.appended()) {
            SegmentFile file = SegmentFile.appended(number);
            if (!view.isLast(file) && mayHold(file, query)) {
                Rollups rollups = sealed(file);
                if (rollups == null) {
                    return null;
                }
                rollups.addTo(pieces, query);
            }
        }
        return pieces;
    }

    /** All rollups; null if the files are no longer those of the view. */
    @Nullable Rollups all(View view) throws IOException, RecordReader.BrokenException {
        Rollups all = new Rollups();
        Rollups before = view.compacted().rollups() == 0 ? new Rollups() : compactedFile.rollups(view.compacted(), rollup -> true);
        if (before == null) {
            return null;
        }
        all.addAll(before);
        for (int number : view.appended()) {
            SegmentFile file = SegmentFile.appended(number);
            if (!view.isLast(file)) {
                Rollups rollups = sealed(file);
                if (rollups == null) {
                    return null;
                }
                all.addAll(rollups);
            }
        }
        return all;
    }

    private @Nullable Rollups sealed(SegmentFile file) throws IOException, RecordReader.BrokenException {
        try {
            return index.rollups(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private boolean mayHold(SegmentFile file, RollupQuery query) throws IOException {
        Facts facts = index.facts(file);
        Resolution resolution = query.resolution();
        return facts == null || (facts.kinds().isEmpty() || facts.kinds().contains(query.kind()))
                && (query.since().isEmpty() || !facts.latest().isBefore(resolution.startOf(query.since().get())))
                && (query.until().isEmpty() || resolution.startOf(facts.earliest()).isBefore(query.until().get()));
    }

    private synchronized @Nullable Rollups compacted(View view, RollupQuery query) throws IOException, RecordReader.BrokenException {
        Compacted now = view.compacted();
        if (now.rollups() == 0) {
            return new Rollups();
        }
        if (now.equals(of)) {
            return compacted;
        }
        if (now.rollups() > MANY) {
            Rollups.Series wanted = Rollups.Series.of(query);
            return compactedFile.rollups(now, (KindRollup rollup) -> Rollups.Series.of(rollup).equals(wanted));
        }
        Rollups read = compactedFile.rollups(now, rollup -> true);
        if (read != null) {
            of = now;
            compacted = read;
        }
        return read;
    }
}
