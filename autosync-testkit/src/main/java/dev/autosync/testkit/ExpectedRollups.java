package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.spi.Event;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What events come to, by the contract's own reckoning: all values of a piece of time are gathered, and then summed up. */
final class ExpectedRollups {
    private final Collection<Event> events;

    ExpectedRollups(Collection<Event> events) {
        this.events = events;
    }

    List<Rollup> of(RollupQuery query) {
        long length = query.resolution() == Resolution.HOUR ? 3_600 : 86_400;
        Map<Instant, List<Double>> pieces = new TreeMap<>();
        for (Event event : events) {
            Instant start = Instant.ofEpochSecond(Math.floorDiv(event.at().getEpochSecond(), length) * length);
            Instant end = start.plus(Duration.ofSeconds(length));
            boolean asked = event.kind().equals(query.kind()) && query.subject().map(event.subject()::equals).orElse(true)
                    && query.since().map(end::isAfter).orElse(true) && query.until().map(start::isBefore).orElse(true);
            if (asked && query.number().map(event.numbers()::containsKey).orElse(true)) {
                pieces.computeIfAbsent(start, s -> new ArrayList<>()).add(query.number().map(event.numbers()::get).orElse(0.0));
            }
        }
        return pieces.entrySet().stream().map(piece -> rollup(piece.getKey(), piece.getValue())).toList();
    }

    /** As a store's maintenance gives them: by kind, number (none first) and time. */
    List<KindRollup> hours() {
        return queries().filter(query -> query.resolution() == Resolution.HOUR)
                .flatMap(query -> of(query).stream().map(rollup -> new KindRollup(query.kind(), query.number(), rollup))).toList();
    }

    /** One query for each kind, number (none first) and resolution. */
    Stream<RollupQuery> queries() {
        return new TreeSet<>(events.stream().map(Event::kind).toList()).stream().flatMap(kind -> {
            List<Optional<String>> numbers = new ArrayList<>(List.of(Optional.empty()));
            new TreeSet<>(events.stream().filter(event -> event.kind().equals(kind)).flatMap(event -> event.numbers().keySet().stream())
                    .toList()).forEach(name -> numbers.add(Optional.of(name)));
            return numbers.stream().map(number -> number.map(RollupQuery.of(kind)::number).orElse(RollupQuery.of(kind)));
        }).flatMap(query -> Stream.of(Resolution.values()).map(query::per));
    }

    private static Rollup rollup(Instant start, List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        double sum = 0;
        double squares = 0;
        for (double value : all) {
            sum += value;
            squares += value * value;
        }
        return Rollup.of(start, all.length, sum, DoubleStream.of(all).min().orElseThrow(), DoubleStream.of(all).max().orElseThrow(), squares);
    }

    /** Equal, but that sums of fractions may have been taken in another order. */
    static void assertRollups(List<Rollup> expected, List<Rollup> actual, String message) {
        assertEquals(expected.stream().map(r -> r.start() + " " + r.count()).toList(), actual.stream().map(r -> r.start() + " " + r.count()).toList(),
                () -> message + ": beginnings and counts");
        for (int i = 0; i < expected.size(); i++) {
            assertRollup(expected.get(i), actual.get(i), message);
        }
    }

    static void assertHours(List<KindRollup> expected, List<KindRollup> actual, String message) {
        assertEquals(expected.stream().map(ExpectedRollups::name).toList(), actual.stream().map(ExpectedRollups::name).toList(), message);
        for (int i = 0; i < expected.size(); i++) {
            assertRollup(expected.get(i).rollup(), actual.get(i).rollup(), message + ", " + name(expected.get(i)));
        }
    }

    private static String name(KindRollup hour) {
        return hour.kind() + " " + hour.number() + " " + hour.rollup().start() + " " + hour.rollup().count();
    }

    private static void assertRollup(Rollup expected, Rollup actual, String message) {
        assertTrue(expected.min() == actual.min() && expected.max() == actual.max()
                && near(expected.sum(), actual.sum(), expected.count() * Math.max(Math.abs(expected.min()), Math.abs(expected.max())), expected.count())
                && near(expected.sumOfSquares(), actual.sumOfSquares(), expected.sumOfSquares(), expected.count()),
                () -> message + ": expected " + expected + ", was " + actual);
    }

    /** Exact where whole numbers below 2^53 are summed up; else to 1e-15 of the absolute values for each addend. */
    private static boolean near(double expected, double actual, double absolute, long addends) {
        boolean exact = absolute < 1L << 53 && expected == Math.rint(expected);
        return expected == actual || Double.isNaN(expected) && Double.isNaN(actual)
                || !exact && Double.isFinite(expected) && Math.abs(expected - actual) <= 1e-15 * absolute * addends;
    }
}
