package dev.autosync.core.connectors;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/**
 * Reads the events of one kind, each of them once. It remembers where the history ended at the last look, not only where the last event of its
 * kind stands: a history without any is not read anew in each cycle. For one thread at a time.
 */
public final class KindReader {
    private final String kind;
    private final int most;
    private long readUpTo;

    /** A reader that has read nothing yet. */
    public KindReader(String kind) {
        this(kind, Integer.MAX_VALUE);
    }

    /**
     * A reader that has read nothing yet.
     *
     * @param most how many events it reads at a look, 1 or more: the latest; those before them are never read
     */
    public KindReader(String kind, int most) {
        this.kind = kind;
        this.most = most;
    }

    /** What has come since the last look. */
    public List<StoredEvent> news(Store store) {
        List<StoredEvent> last = store.read(EventQuery.all().after(readUpTo).latest(1));
        if (last.isEmpty()) {
            return List.of();
        }
        EventQuery query = EventQuery.all().kind(kind).after(readUpTo);
        List<StoredEvent> news = store.read(most == Integer.MAX_VALUE ? query : query.latest(most));
        readUpTo = last.get(0).sequence();
        return news;
    }
}
