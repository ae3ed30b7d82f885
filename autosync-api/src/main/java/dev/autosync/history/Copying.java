package dev.autosync.history;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/** One call of {@link Stores#copy}. Holds a page of each store in memory, never more. */
final class Copying {
    private static final int PAGE = 2000;

    private final Store from;
    private final Store to;
    private final long end;

    Copying(Store from, Store to) {
        this.from = from;
        this.to = to;
        this.end = last(from);
    }

    StoreCopy run() throws InterruptedException {
        long there = checkBeginning();
        for (long copied = there; copied < end;) {
            copied = copyPage(copied);
        }
        String source = digest(from, "source");
        String target = digest(to, "target");
        long surplus = last(to) - end;
        if (surplus != 0 || !source.equals(target)) {
            throw failed("what was copied does not read back as it was written (SHA-256 " + source + " in the source, " + target
                    + " in the target, which has " + (surplus == 0 ? "as many events" : Math.abs(surplus) + (surplus > 0 ? " more" : " fewer"))
                    + "); do not use the target, and see to its store plugin or to whoever else writes to it");
        }
        return new StoreCopy(end, end - there, source);
    }

    /** Compares what the target holds with the beginning of the source; how many events that are. */
    private long checkBeginning() throws InterruptedException {
        long checked = 0;
        while (true) {
            List<StoredEvent> there = page(to, checked, PAGE);
            if (there.isEmpty()) {
                return checked;
            }
            List<StoredEvent> here = page(from, checked, (int) Math.min(there.size(), Math.max(1, end - checked)));
            for (int i = 0; i < there.size(); i++) {
                if (checked >= end || i >= here.size() || !there.get(i).equals(here.get(i))) {
                    throw failed("the target holds another history: it differs from the source at event " + (checked + 1)
                            + (checked >= end ? ", where the source ends" : "") + ". Nothing was written; copy into an empty store");
                }
                checked++;
            }
        }
    }

    /** Appends the next page, one append for each token in it; the last sequence number that is there now. */
    private long copyPage(long copied) throws InterruptedException {
        List<StoredEvent> page = page(from, copied, (int) Math.min(PAGE, end - copied));
        if (page.isEmpty()) {
            throw failed("the source ends at event " + copied + ", while it began with " + end);
        }
        long done = copied;
        for (int start = 0; start < page.size();) {
            FencingToken token = page.get(start).token();
            int next = start;
            while (next < page.size() && page.get(next).token().equals(token)) {
                if (page.get(next).sequence() != copied + next + 1) {
                    throw failed("the source has no event " + (copied + next + 1));
                }
                next++;
            }
            List<Event> events = page.subList(start, next).stream().map(StoredEvent::event).toList();
            done += events.size();
            if (to.append(token, events) != done) {
                throw failed("somebody else writes to the target: it does not end at event " + done);
            }
            start = next;
        }
        return done;
    }

    private String digest(Store store, String name) throws InterruptedException {
        EventDigest digest = new EventDigest();
        for (long read = 0; read < end;) {
            List<StoredEvent> page = page(store, read, (int) Math.min(PAGE, end - read));
            if (page.isEmpty()) {
                throw failed("the " + name + " gives back " + read + " of " + end + " events");
            }
            page.forEach(digest::add);
            read += page.size();
        }
        return digest.value();
    }

    private static List<StoredEvent> page(Store store, long after, int limit) throws InterruptedException {
        // Stores work on an interrupted thread, so that an interrupt is seen here or nowhere.
        if (Thread.interrupted()) {
            throw new InterruptedException("copying a history was interrupted; call again to go on");
        }
        return store.read(EventQuery.all().after(after).limit(limit));
    }

    private static long last(Store store) {
        return store.read(EventQuery.all().latest(1)).stream().mapToLong(StoredEvent::sequence).findFirst().orElse(0);
    }

    private static StoreException failed(String why) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot copy the history: " + why, null);
    }
}
