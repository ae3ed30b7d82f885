package dev.autosync.store.json;

import dev.autosync.spi.Event;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rollups by the hour, of each kind and of each number of it. Grows; whoever shares one between threads no longer adds to it. */
final class Rollups {

    /**
     * What is summed up.
     *
     * @param kind the kind of the events
     * @param number the name of the number; null if the events are only counted
     */
    record Series(String kind, @Nullable String number) {
        private static final Comparator<Series> ORDER = Comparator.comparing(Series::kind)
                .thenComparing(Series::number, Comparator.nullsFirst(Comparator.naturalOrder()));

        static Series of(RollupQuery query) {
            return new Series(query.kind(), query.number().orElse(null));
        }

        static Series of(KindRollup hour) {
            return new Series(hour.kind(), hour.number().orElse(null));
        }
    }

    private final Map<Series, TreeMap<Instant, Rollup>> hours = new HashMap<>();
    private int size;

    void add(Event event) {
        Instant hour = Resolution.HOUR.startOf(event.at());
        add(new Series(event.kind(), null), Rollup.of(hour, 0));
        event.numbers().forEach((name, number) -> add(new Series(event.kind(), name), Rollup.of(hour, number)));
    }

    void add(KindRollup hour) {
        add(Series.of(hour), hour.rollup());
    }

    private void add(Series series, Rollup rollup) {
        TreeMap<Instant, Rollup> of = hours.computeIfAbsent(series, s -> new TreeMap<>());
        int before = of.size();
        of.merge(rollup.start(), rollup, Rollup::plus);
        size += of.size() - before;
    }

    void addAll(Rollups others) {
        others.hours.forEach((series, of) -> of.values().forEach(rollup -> add(series, rollup)));
    }

    /** Adds what is asked for to the hours or days that it belongs to. */
    void addTo(TreeMap<Instant, Rollup> pieces, RollupQuery query) {
        TreeMap<Instant, Rollup> of = hours.getOrDefault(Series.of(query), new TreeMap<>());
        Map<Instant, Rollup> from = query.since().isEmpty() ? of : of.tailMap(query.resolution().startOf(query.since().get()), true);
        for (Rollup hour : from.values()) {
            Instant start = query.resolution().startOf(hour.start());
            if (!query.covers(start)) {
                return;
            }
            pieces.merge(start, hour.at(start), Rollup::plus);
        }
    }

    /** How many there are. */
    int size() {
        return size;
    }

    Set<String> kinds() {
        return hours.keySet().stream().map(Series::kind).collect(Collectors.toUnmodifiableSet());
    }

    /** How many events of some kinds there are from before a whole hour. */
    long countBefore(Instant hour, Set<String> kinds) {
        return kinds.stream().map(kind -> hours.getOrDefault(new Series(kind, null), new TreeMap<>()))
                .flatMap(of -> of.headMap(hour).values().stream()).mapToLong(Rollup::count).sum();
    }

    /** All of them, in the order of kind, number (none first) and time. */
    Stream<KindRollup> stream() {
        return hours.entrySet().stream().sorted(Map.Entry.comparingByKey(Series.ORDER)).flatMap(of -> of.getValue().values().stream()
                .map(rollup -> new KindRollup(of.getKey().kind(), Optional.ofNullable(of.getKey().number()), rollup)));
    }

    static Rollups of(List<KindRollup> hours) {
        Rollups all = new Rollups();
        hours.forEach(all::add);
        return all;
    }
}
