package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A store in front of another, whose disk is full for some appends. */
record FailingStore(Store store, Predicate<List<Event>> full) implements Store {

    @Override
    public long append(FencingToken token, List<Event> events) {
        if (full.test(events)) {
            throw new StoreException(ErrorCode.STORE_FAILED, "the disk is full", null);
        }
        return store.append(token, events);
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return store.read(query);
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return store.grant(atLeast);
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return store.lastToken();
    }

    @Override
    public void close() {
        store.close();
    }
}
