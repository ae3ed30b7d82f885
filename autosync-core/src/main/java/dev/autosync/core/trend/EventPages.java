package dev.autosync.core.trend;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Events in the order of their sequence numbers, read a page at a time when somebody asks. For one thread. */
final class EventPages implements Iterator<StoredEvent> {
    static final int PAGE = 1000;

    private final Store store;
    private EventQuery next;
    private List<StoredEvent> page = List.of();
    private int read;
    private boolean last;

    private EventPages(Store store, EventQuery query) {
        this.store = store;
        this.next = query.limit(PAGE);
    }

    /** The events that match a query, whatever its limit. Nothing is read until the stream is. */
    static Stream<StoredEvent> stream(Store store, EventQuery query) {
        return StreamSupport.stream(() -> Spliterators.spliteratorUnknownSize(new EventPages(store, query), Spliterator.ORDERED
                | Spliterator.NONNULL | Spliterator.IMMUTABLE), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE, false);
    }

    @Override
    public boolean hasNext() {
        if (read == page.size() && !last) {
            page = store.read(next);
            read = 0;
            last = page.size() < PAGE;
            next = page.isEmpty() ? next : next.after(page.get(page.size() - 1).sequence());
        }
        return read < page.size();
    }

    @Override
    public StoredEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more events");
        }
        return page.get(read++);
    }
}
