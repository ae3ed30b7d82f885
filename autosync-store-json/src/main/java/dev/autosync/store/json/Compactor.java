package dev.autosync.store.json;

import dev.autosync.spi.Compaction;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes those files anew that hold something that may go, then lets {@code compacted.jsonl} name the files that count. A step at a time, each a whole compaction of so
 * many bytes, so that between two of them others get at the store.
 */
final class Compactor {
    /** So many segments, by their size, are written anew in a step, a file at least. */
    private static final int STEP_SEGMENTS = 4;

    private final Workings of;
    private final Retention retention;
    private long removed;
    private long upTo;
    private long next;
    private long lastSequence;

    /** Up to here the files have been looked through; the next step goes on behind it. */
    private long done;
    private boolean more = true;

    Compactor(Workings of, Retention retention) {
        this.of = of;
        this.retention = retention;
    }

    /** Whether there is another step. */
    boolean more() {
        return more;
    }

    /** Makes a step. To be called while nobody else can write. */
    Compaction step() throws IOException, InterruptedException {
        View view = of.ledger().view();
        long before = bytes();
        removed = 0;
        more = false;
        if (!anythingMayGo(view)) {
            return new Compaction(0, before, before);
        }
        Set<SegmentFile> anew = anew(view);
        if (anew.isEmpty()) {
            return new Compaction(0, before, before);
        }
        boolean withLast = anew.contains(view.tail().file());
        Rollups all = of.rollups().all(view);
        if (withLast) {
            all.addAll(of.ledger().digest().rollups());
            of.ledger().moveTornEnd();
        }
        int generation = view.compacted().nextGeneration();
        upTo = view.compacted().upTo();
        try (PartWriter parts = of.parts(generation)) {
            rewrite(view, anew, parts);
            of.disk().forceDirectory(of.segments().directory());
            Tail tail = view.tail();
            int through = withLast ? tail.segment() : tail.segment() - 1;
            long last = withLast || tail.end() == 0 ? tail.sequence() : next - 1;
            of.ledger().replace(new Compacted(generation, upTo, through, last, tail.token(), parts.parts(), all.size()), all, parts);
        }
        of.ledger().refresh();
        new Leftovers(of.segments()).remove(of.ledger().view());
        return new Compaction(removed, before, bytes());
    }

    private boolean anythingMayGo(View view) throws IOException {
        Deque<StoredEvent> last = new ArrayDeque<>();
        Damage damage = new EventReader(of.segments(), of.disk(), of.index(), EventQuery.all().latest(1), view, last).read();
        if (damage != null) {
            throw new BrokenException(damage);
        }
        if (last.isEmpty()) {
            return false;
        }
        lastSequence = last.element().sequence();
        long mayGo = retention.drops(last.element().event()) ? -1 : 0;
        for (SegmentFile file : view.files()) {
            mayGo += mayGo(view, file);
        }
        return mayGo > 0;
    }

    /** How many events of a file are old enough, the last one of all counted with them. */
    private long mayGo(View view, SegmentFile file) throws IOException {
        if (view.isLast(file)) {
            return of.ledger().digest().rollups().countBefore(retention.before(), retention.kinds());
        }
        Facts part = view.part(file);
        Facts facts = part != null ? part : of.index().facts(file);
        boolean none = facts != null && (!facts.earliest().isBefore(retention.before())
                || !facts.kinds().isEmpty() && Collections.disjoint(facts.kinds(), retention.kinds()));
        if (none) {
            return 0;
        }
        Rollups all = part == null ? of.index().rollups(file) : new SegmentScan(of.segments(), of.disk()).digest(file).rollups();
        return all.countBefore(retention.before(), retention.kinds());
    }

    /** The files that this step writes anew: those that hold something that may go, and small ones behind them. */
    private Set<SegmentFile> anew(View view) throws IOException {
        Set<SegmentFile> anew = new HashSet<>();
        boolean before = false;
        long bytes = 0;
        for (SegmentFile file : view.files()) {
            Facts facts = facts(view, file);
            boolean looked = facts.last() <= done;
            boolean small = before && !view.isLast(file) && facts.bytes() < of.segmentBytes() / 4;
            before = !looked && (small || mayGo(view, file) > 0);
            if (before && bytes > STEP_SEGMENTS * of.segmentBytes()) {
                more = true;
                return anew;
            }
            if (before) {
                anew.add(file);
                bytes += facts.bytes();
            }
            done = Math.max(done, facts.last());
        }
        return anew;
    }

    private Facts facts(View view, SegmentFile file) throws IOException {
        Facts part = view.part(file);
        return view.isLast(file) ? of.ledger().digest().facts() : part != null ? part : of.index().require(file);
    }

    private void rewrite(View view, Set<SegmentFile> anew, PartWriter parts) throws IOException, InterruptedException {
        next = 1;
        for (SegmentFile file : view.files()) {
            boolean last = view.isLast(file);
            if (last && !anew.contains(file)) {
                break;
            }
            Facts facts = facts(view, file);
            if (anew.contains(file)) {
                parts.at(file.number());
                new SegmentScan(of.segments(), of.disk()).read(file, facts.bytes(), (event, line, length) -> take(view, file, event, line, length, parts));
            } else {
                requireNext(view, file, facts.first());
                next = facts.last() + 1;
                parts.keep(file, facts);
            }
        }
        parts.end();
    }

    private void take(View view, SegmentFile file, StoredEvent event, byte[] line, int length, PartWriter parts)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        requireNext(view, file, event.sequence());
        next = event.sequence() + 1;
        if (event.sequence() != lastSequence && retention.drops(event.event())) {
            removed++;
            upTo = Math.max(upTo, event.sequence());
        } else {
            parts.add(event, line, length);
        }
    }

    /** A loss must not be taken for something that was removed. */
    private void requireNext(View view, SegmentFile file, long sequence) throws BrokenException {
        if (sequence != next && (sequence < next || !view.mayMiss(next, sequence))) {
            throw new BrokenException(Damage.missing(file, 1, next));
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (String name : of.segments().names()) {
            // Nothing for what others have removed meanwhile, or for a link to nowhere.
            bytes += of.segments().directory().resolve(name).toFile().length();
        }
        return bytes;
    }
}
