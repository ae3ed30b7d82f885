package dev.autosync.history;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/** The events of a store up to one of them, a page at a time. */
final class EventPages {
    static final int PAGE = 2000;

    private final Store store;
    private final long end;
    private long read;

    /** Those after one sequence number, up to another. */
    EventPages(Store store, long after, long end) {
        this.store = store;
        this.read = after;
        this.end = end;
    }

    /** The next page; empty at the end. */
    List<StoredEvent> next() throws InterruptedException {
        // Stores work on an interrupted thread, so that an interrupt is seen here or nowhere.
        checkInterrupt();
        return nextWithoutInterrupt();
    }

    List<StoredEvent> nextWithoutInterrupt() {
        if (read >= end) {
            return List.of();
        }
        List<StoredEvent> page = store.read(EventQuery.all().after(read).limit((int) Math.min(PAGE, end - read)));
        if (!page.isEmpty()) {
            read = page.get(page.size() - 1).sequence();
        }
        // Where events were removed, as many as asked for may reach beyond the end.
        return read <= end ? page : page.stream().filter(event -> event.sequence() <= end).toList();
    }

    static long last(Store store) {
        return store.read(EventQuery.all().latest(1)).stream().mapToLong(StoredEvent::sequence).findFirst().orElse(0);
    }

    static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("copying a history was interrupted; call again to go on");
        }
    }
}
