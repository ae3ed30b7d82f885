package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import java.io.IOException;
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

    /** The hours or days of a query. */
    TreeMap<Instant, Rollup> read(View view, RollupQuery query) throws IOException {
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        compacted(view, query).addTo(pieces, query);
        for (int number : view.appended()) {
            SegmentFile file = SegmentFile.appended(number);
            if (!view.isLast(file) && mayHold(file, query)) {
                index.rollups(file).addTo(pieces, query);
            }
        }
        return pieces;
    }

    /** All rollups. */
    Rollups all(View view) throws IOException {
        Rollups all = new Rollups();
        if (view.compacted().rollups() > 0) {
            all.addAll(compactedFile.rollups(view.compacted(), rollup -> true));
        }
        for (int number : view.appended()) {
            SegmentFile file = SegmentFile.appended(number);
            if (!view.isLast(file)) {
                all.addAll(index.rollups(file));
            }
        }
        return all;
    }

    private boolean mayHold(SegmentFile file, RollupQuery query) throws IOException {
        Facts facts = index.facts(file);
        Resolution resolution = query.resolution();
        return facts == null || (facts.kinds().isEmpty() || facts.kinds().contains(query.kind()))
                && (query.since().isEmpty() || !facts.latest().isBefore(resolution.startOf(query.since().get())))
                && (query.until().isEmpty() || resolution.startOf(facts.earliest()).isBefore(query.until().get()));
    }

    private synchronized Rollups compacted(View view, RollupQuery query) throws IOException {
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
        of = now;
        compacted = read;
        return read;
    }
}
