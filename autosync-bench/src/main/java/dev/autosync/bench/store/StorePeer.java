package dev.autosync.bench.store;

import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One of ours.
 *
 * @param store the store
 * @param history what is kept
 */
record StorePeer(Store store, SampleHistory history) implements Peer {
    private static final FencingToken TOKEN = new FencingToken(1);

    static Opener named(String name, SampleHistory history) {
        return folder -> {
            Files.createDirectories(folder);
            return new StorePeer(Stores.open(folder, name), history);
        };
    }

    @Override
    public void append(long from, long to) {
        store.append(TOKEN, history.events(from, to));
    }

    @Override
    public long millis(long number) {
        return store.read(EventQuery.all().after(number).limit(1)).get(0).event().numbers().get(SampleHistory.MILLIS).longValue();
    }

    @Override
    public Trend trend() {
        Set<Instant> days = new HashSet<>();
        long events = 0;
        long ok = 0;
        long millis = 0;
        for (int kind = 0; kind < SampleHistory.KINDS; kind++) {
            RollupQuery query = RollupQuery.of(SampleHistory.kind(kind)).since(SampleHistory.LAST_90_DAYS);
            for (Rollup day : store.rollup(query.number(SampleHistory.MILLIS))) {
                days.add(day.start());
                events += day.count();
                millis += (long) day.sum();
            }
            for (Rollup day : store.rollup(query.number(SampleHistory.OK))) {
                ok += (long) day.sum();
            }
        }
        return new Trend(days.size(), events, ok, millis);
    }

    @Override
    public OptionalLong last() {
        return OptionalLong.of(store.append(TOKEN, List.of()));
    }

    @Override
    public void close() {
        store.close();
    }
}
