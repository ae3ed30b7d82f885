package dev.autosync.history;

import dev.autosync.ErrorCode;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;

/** One call of {@link Stores#mirror}. Holds a page of the source in memory, never more. */
final class Mirroring {
    private static final int PAGE = 2000;

    private final Store source;
    private final Store copy;

    Mirroring(Store source, Store copy) {
        this.source = source;
        this.copy = copy;
    }

    long run() throws InterruptedException {
        Optional<StoredEvent> end = end();
        if (end.isEmpty()) {
            return Stores.copy(source, copy).copied();
        }
        checkBeginning(end.get());
        long begin = end.get().sequence();
        PageAppend target = new PageAppend(copy, event -> failed("the source has removed event " + event + ", which the copy never had"),
                last -> failed("somebody else writes to it: it does not end at event " + last));
        long done = begin;
        for (List<StoredEvent> page = page(done); !page.isEmpty(); page = page(done)) {
            done = target.append(page, done);
        }
        return done - begin;
    }

    /** The last event of the copy. Seldom far behind its source, it is looked for there: a store without an index reads from where it is told to. */
    private Optional<StoredEvent> end() {
        long near = last(source, 0).map(StoredEvent::sequence).orElse(0L) - PAGE;
        Optional<StoredEvent> end = last(copy, Math.max(0, near));
        return end.isPresent() || near <= 0 ? end : last(copy, 0);
    }

    /** Sees that the last event of the copy is an event of the source. What comes before it was compared when it was copied. */
    private void checkBeginning(StoredEvent end) {
        List<StoredEvent> here = source.read(EventQuery.all().after(end.sequence() - 1).limit(1));
        if (!here.contains(end)) {
            throw failed(compactedUpTo() >= end.sequence()
                    ? "the source has removed event " + end.sequence() + ", the last one of the copy, and perhaps others that the copy never had"
                    : "it holds another history: its last event, " + end.sequence() + ", is not that of the source");
        }
    }

    private List<StoredEvent> page(long after) throws InterruptedException {
        // Stores work on an interrupted thread, so that an interrupt is seen here or nowhere.
        if (Thread.interrupted()) {
            throw new InterruptedException("bringing a copy of a history up to date was interrupted; call again to go on");
        }
        return source.read(EventQuery.all().after(after).limit(PAGE));
    }

    private long compactedUpTo() {
        return source.maintenance().map(StoreMaintenance::compactedUpTo).orElse(0L);
    }

    private static Optional<StoredEvent> last(Store store, long after) {
        return store.read(EventQuery.all().after(after).latest(1)).stream().findFirst();
    }

    private static StoreException failed(String why) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot bring the copy of a history up to date: " + why
                + ". Nothing that is there was changed. Move the copy away or empty it: then the next call makes a new one", null);
    }
}
