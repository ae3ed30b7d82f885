package dev.autosync.core.trend;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of the latest cycles of a store, kept from one look to the next.
 *
 * <p>Whenever and however often it was refreshed, it holds what one read of the whole store would give. Cost of a refresh: in proportion to
 * what is new, at most to the events of the latest cycles. Not safe to share between threads.
 */
public final class HistoryWindow {
    private final int cycles;
    private List<StoredEvent> kept = List.of();
    private long readUpTo;

    /**
     * An empty window.
     *
     * @param cycles how many cycles it holds at most, 1 or more
     */
    public HistoryWindow(int cycles) {
        if (cycles < 1) {
            throw new IllegalArgumentException("cycles must be 1 or more, was " + cycles);
        }
        this.cycles = cycles;
    }

    /**
     * Reads what the store has that was not there the last time, and drops what has become too old.
     *
     * @param store always the same one
     * @throws StoreException if it cannot be read; another refresh may follow
     */
    public void refresh(Store store) {
        List<StoredEvent> ends = store.read(EventQuery.all().kind(LatestEvents.CYCLE).after(readUpTo).latest(cycles + 1));
        if (ends.size() > cycles) {
            kept = List.of();
            readUpTo = ends.get(0).sequence();
        }
        List<StoredEvent> news = store.read(EventQuery.all().after(readUpTo));
        if (!news.isEmpty()) {
            List<StoredEvent> all = new ArrayList<>(kept);
            all.addAll(news);
            kept = List.copyOf(LatestEvents.trim(all, cycles));
            readUpTo = news.get(news.size() - 1).sequence();
        }
    }

    /**
     * The events of the latest cycles that have ended.
     *
     * @return in the order of their sequence numbers
     */
    public List<StoredEvent> events() {
        return LatestEvents.ofCycles(kept, cycles);
    }
}
