package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store that forgets everything when it is let go. Passes {@link StoreContract} but for persistence and maintenance.
 *
 * <p>Called by tests. Threads: safe to share. Closing it drops its events and its grants.
 *
 * @since 0.1.0
 */
public final class InMemoryStore implements Store {
    private final List<StoredEvent> log = new ArrayList<>();
    private long granted;
    private boolean closed;

    /** An empty store. */
    public InMemoryStore() {}

    @Override
    public synchronized long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        checkOpen();
        long seen = lastToken().map(FencingToken::value).orElse(0L);
        if (token.value() < seen) {
            throw new StoreException(ErrorCode.STORE_STALE_TOKEN,
                    "Cannot append to the store in memory with token " + token.value() + ": it has seen " + seen, null);
        }
        for (Event event : batch) {
            log.add(new StoredEvent(log.size() + 1L, token, event));
        }
        return log.size();
    }

    @Override
    public synchronized List<StoredEvent> read(EventQuery query) {
        checkOpen();
        List<StoredEvent> found = log.stream().filter(query::matches).toList();
        int surplus = Math.max(0, found.size() - query.limit());
        return query.latest() ? found.subList(surplus, found.size()) : found.subList(0, found.size() - surplus);
    }

    @Override
    public synchronized FencingToken grant(FencingToken atLeast) {
        long seen = lastToken().map(FencingToken::value).orElse(0L);
        granted = Math.max(atLeast.value(), Math.addExact(seen, 1));
        return new FencingToken(granted);
    }

    @Override
    public synchronized Optional<FencingToken> lastToken() {
        checkOpen();
        long appended = log.isEmpty() ? 0 : log.get(log.size() - 1).token().value();
        long highest = Math.max(appended, granted);
        return highest == 0 ? Optional.empty() : Optional.of(new FencingToken(highest));
    }

    @Override
    public synchronized void close() {
        closed = true;
        granted = 0;
        log.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use the store in memory: it is closed", null);
        }
    }
}
