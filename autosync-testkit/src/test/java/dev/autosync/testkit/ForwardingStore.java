package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Optional;

/** Another store, but for what a subclass does differently. */
class ForwardingStore implements Store {
    final Store kept;

    ForwardingStore(Store kept) {
        this.kept = kept;
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        return kept.append(token, events);
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return kept.read(query);
    }

    @Override
    public FencingToken grant(FencingToken atLeast) {
        return kept.grant(atLeast);
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        return kept.rollup(query);
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return kept.maintenance();
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return kept.lastToken();
    }

    @Override
    public void close() {
        kept.close();
    }
}
