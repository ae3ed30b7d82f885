package dev.autosync.spi;

import java.time.Duration;
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
        if (query.until().isPresent()) {
            events = events.until(end(query.resolution(), query.until().get()));
        }
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        for (List<StoredEvent> page = store.read(events); !page.isEmpty(); page = store.read(events)) {
            page.forEach(event -> add(pieces, query, event.event()));
            events = events.after(page.get(page.size() - 1).sequence());
        }
        return List.copyOf(pieces.values());
    }

    /** Where the last piece ends that begins before a time. */
    private static Instant end(Resolution resolution, Instant until) {
        Instant start = resolution.startOf(until);
        Duration piece = resolution == Resolution.HOUR ? Duration.ofHours(1) : Duration.ofDays(1);
        if (start.equals(until)) {
            return until;
        }
        return start.isAfter(Instant.MAX.minus(piece)) ? Instant.MAX : start.plus(piece);
    }

    private static void add(TreeMap<Instant, Rollup> pieces, RollupQuery query, Event event) {
        Instant start = query.resolution().startOf(event.at());
        Double number = query.number().isPresent() ? event.numbers().get(query.number().get()) : Double.valueOf(0);
        if (number != null && query.covers(start)) {
            pieces.merge(start, Rollup.of(start, number), Rollup::plus);
        }
    }
}
