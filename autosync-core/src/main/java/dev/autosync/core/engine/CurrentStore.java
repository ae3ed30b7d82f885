package dev.autosync.core.engine;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The store that an engine works with. When the history moves, another one takes its place, with the same events under the same numbers, so whoever has
 * read up to somewhere goes on from there. A read that meets the old one closed is put to the new one.
 */
final class CurrentStore implements Store {
    private volatile Named current;

    /**
     * A store.
     *
     * @param name the name of its plugin; empty for one of the caller's
     */
    record Named(String name, Store store) {}

    CurrentStore(String name, Store store) {
        this.current = new Named(name, store);
    }

    /** The name of the store's plugin; empty for one of the caller's. */
    String name() {
        return current.name();
    }

    /** Puts another store in the place of this one, which is closed. */
    void replace(String name, Store store) {
        Named before = current;
        current = new Named(name, store);
        before.store().close();
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        return current.store().append(token, events);
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return ask(store -> store.read(query));
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return current.store().grant(atLeast);
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        return ask(store -> store.rollup(query));
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return current.store().maintenance();
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return ask(Store::lastToken);
    }

    @Override
    public void close() {
        current.store().close();
    }

    private <T> T ask(Function<Store, T> question) {
        Named asked = current;
        try {
            return question.apply(asked.store());
        } catch (StoreException e) {
            Named now = current;
            if (now == asked) {
                throw e;
            }
            return question.apply(now.store());
        }
    }
}
