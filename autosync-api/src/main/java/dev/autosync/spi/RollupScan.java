package dev.autosync.spi;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Rolls up events by reading them, a page at a time. What every store that keeps rollups must agree with. */
final class RollupScan {
    private static final int PAGE = 2000;

    private RollupScan() {}

    static List<Rollup> of(Store store, RollupQuery query) {
        EventQuery events = EventQuery.all().kind(query.kind()).limit(PAGE);
        if (query.subject().isPresent()) {
            events = events.subject(query.subject().get());
        }
        if (query.since().isPresent()) {
            events = events.since(query.resolution().startOf(query.since().get()));
        }
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        for (List<StoredEvent> page = store.read(events); !page.isEmpty(); page = store.read(events)) {
            page.forEach(event -> add(pieces, query, event.event()));
            events = events.after(page.get(page.size() - 1).sequence());
        }
        return List.copyOf(pieces.values());
    }

    private static void add(TreeMap<Instant, Rollup> pieces, RollupQuery query, Event event) {
        Instant start = query.resolution().startOf(event.at());
        Double number = query.number().isPresent() ? event.numbers().get(query.number().get()) : Double.valueOf(0);
        if (number != null && query.covers(start)) {
            pieces.merge(start, Rollup.of(start, number), Rollup::plus);
        }
    }
}
