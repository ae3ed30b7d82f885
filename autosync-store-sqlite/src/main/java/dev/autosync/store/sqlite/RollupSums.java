package dev.autosync.store.sqlite;

import dev.autosync.spi.Event;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What events come to, by kind, number, and hour or day. */
final class RollupSums {
    private final Map<RollupTable.Piece, Rollup> hours = new HashMap<>();

    void add(Event event) {
        Instant hour = Resolution.HOUR.startOf(event.at());
        add(event.kind(), null, hour, 0);
        event.numbers().forEach((name, number) -> add(event.kind(), name, hour, number));
    }

    private void add(String kind, @Nullable String number, Instant hour, double value) {
        add(new RollupTable.Piece(Resolution.HOUR, kind, number, hour), Rollup.of(hour, value));
    }

    /** Adds what an hour comes to. */
    void add(RollupTable.Piece hour, Rollup rollup) {
        hours.merge(hour, rollup, Rollup::plus);
    }

    /** Those that a query without a subject asks for, by where they begin. */
    Map<Instant, Rollup> of(RollupQuery query) {
        Map<Instant, Rollup> found = new HashMap<>();
        hours.forEach((hour, rollup) -> {
            Instant start = query.resolution().startOf(hour.start());
            if (hour.kind().equals(query.kind()) && Objects.equals(hour.number(), query.number().orElse(null)) && query.covers(start)) {
                found.merge(start, rollup.at(start), Rollup::plus);
            }
        });
        return found;
    }

    /** How many rollups by the hour there are. */
    int size() {
        return hours.size();
    }

    void clear() {
        hours.clear();
    }

    Map<RollupTable.Piece, Rollup> hours() {
        return hours;
    }

    /** The same by the day. */
    Map<RollupTable.Piece, Rollup> days() {
        Map<RollupTable.Piece, Rollup> days = new HashMap<>();
        hours.forEach((hour, rollup) -> {
            RollupTable.Piece day = hour.day();
            days.merge(day, rollup.at(day.start()), Rollup::plus);
        });
        return days;
    }
}
