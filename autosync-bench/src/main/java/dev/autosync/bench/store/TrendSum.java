package dev.autosync.bench.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Adds up a trend, line by line. */
final class TrendSum {
    private final Set<Long> days = new HashSet<>();
    private long events;
    private long ok;
    private long millis;

    void add(byte[] line) {
        days.add(Lines.time(line) / Duration.ofDays(1).toMillis());
        events++;
        ok += Lines.ok(line);
        millis += Lines.millis(line);
    }

    Trend trend() {
        return new Trend(days.size(), events, ok, millis);
    }
}
