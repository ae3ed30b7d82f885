package dev.autosync.history;

import dev.autosync.ErrorCode;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;

/** One call of {@code Stores.copy}. Holds a page of each store in memory, never more, and the rollups of hours. */
final class Copying {
    private final Store from;
    private final Store to;
    private final CopyProgress progress;
    private final SourceHistory source;

    Copying(Store from, Store to, CopyProgress progress) throws InterruptedException {
        this.from = from;
        this.to = to;
        this.progress = progress;
        this.source = SourceHistory.of(from);
    }

    StoreCopy run() throws InterruptedException {
        Beginning there = checkBeginning();
        CompactedCopying compacted = new CompactedCopying(from, to, source);
        // Which events are left after some were removed shows when they are read.
        Digested before = source.wasCompacted() ? digest(from, source.end()) : new Digested(source.end(), "");
        if (source.wasCompacted() && there.events() > 0) {
            compacted.checkSameRemoved();
        }
        progress.reached(there.events(), before.events());
        if (source.wasCompacted() && there.events() == 0) {
            compacted.run(before.events(), progress);
        } else {
            append(there, before.events());
        }
        Digested copied = verify(source.wasCompacted() ? before : digest(from, source.end()));
        return new StoreCopy(copied.events(), copied.events() - there.events(), copied.sha256());
    }

    /** How many events the target holds, and the number of the last. */
    private record Beginning(long events, long last) {}

    /** How many events there are, and what they hash to. */
    private record Digested(long events, String sha256) {}

    /** Compares what the target holds with the beginning of the source. */
    private Beginning checkBeginning() throws InterruptedException {
        EventPages theirs = new EventPages(to, 0, Long.MAX_VALUE);
        EventPages ours = new EventPages(from, 0, source.end());
        List<StoredEvent> here = List.of();
        int compared = 0;
        long events = 0;
        long last = 0;
        for (List<StoredEvent> there = theirs.next(); !there.isEmpty(); there = theirs.next()) {
            for (StoredEvent event : there) {
                if (compared == here.size()) {
                    here = ours.next();
                    compared = 0;
                }
                if (here.isEmpty() || !event.equals(here.get(compared))) {
                    throw differs(event, here.isEmpty() ? Optional.empty() : Optional.of(here.get(compared)));
                }
                compared++;
                events++;
                last = event.sequence();
            }
        }
        return new Beginning(events, last);
    }

    /** What is wrong with a target that holds another event than the source, which may have ended. */
    private StoreException differs(StoredEvent there, Optional<StoredEvent> here) {
        String where = here.isPresent() && there.sequence() < here.get().sequence() && there.sequence() <= source.upTo()
                ? "the target holds event " + there.sequence() + ", which the source does not hold, or not any more since events up to "
                        + source.upTo() + " were removed from it"
                : "the target holds another history: it differs from the source at event "
                        + here.map(event -> Math.min(there.sequence(), event.sequence()) + "").orElse(there.sequence() + ", where the source ends");
        return failed(where + ". Nothing was written; copy into an empty store");
    }

    /** Appends what the target lacks, a page at a time. */
    private void append(Beginning there, long total) throws InterruptedException {
        EventPages pages = new EventPages(from, there.last(), source.end());
        PageAppend target = new PageAppend(to, event -> failed("the source has no event " + event),
                end -> failed("somebody else writes to the target: it does not end at event " + end));
        long done = there.events();
        long last = there.last();
        for (List<StoredEvent> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            last = target.append(page, last);
            done += page.size();
            progress.reached(done, total);
        }
        if (last != source.end()) {
            throw failed("the source ends at event " + last + ", while it began with " + source.end());
        }
    }

    private Digested digest(Store store, long end) throws InterruptedException {
        EventDigest digest = new EventDigest();
        EventPages pages = new EventPages(store, 0, end);
        long events = 0;
        for (List<StoredEvent> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            page.forEach(digest::add);
            events += page.size();
        }
        return new Digested(events, digest.value());
    }

    /** Reads the target back, beyond the end of the source, too. */
    private Digested verify(Digested expected) throws InterruptedException {
        Digested found = digest(to, Long.MAX_VALUE);
        if (!found.equals(expected)) {
            long surplus = found.events() - expected.events();
            throw failed("what was copied does not read back as it was written (SHA-256 " + expected.sha256() + " in the source, " + found.sha256()
                    + " in the target, which has " + (surplus == 0 ? "as many events" : Math.abs(surplus) + (surplus > 0 ? " more" : " fewer"))
                    + "); do not use the target, and see to its store plugin or to whoever else writes to it");
        }
        Optional<List<KindRollup>> theirs = to.maintenance().map(StoreMaintenance::hours);
        if (source.hours().isPresent() && theirs.isPresent()) {
            EqualHours.difference(source.hours().get(), theirs.get()).ifPresent(difference -> {
                throw failed("the rollups of the target are not those of the source: " + difference
                        + "; do not use the target, and see to the plugins of both stores");
            });
        }
        return found;
    }

    static StoreException failed(String why) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot copy the history: " + why, null);
    }
}
