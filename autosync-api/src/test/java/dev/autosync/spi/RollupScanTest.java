package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.lock.FencingToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The default of {@link Store#rollup} over a million events of 2025, whose sums were reckoned elsewhere. */
class RollupScanTest {
    private static final Instant BEGINNING = Instant.ofEpochMilli(1_735_689_600_000L);
    private static final Instant LAST_90_DAYS = BEGINNING.plus(Duration.ofDays(275));

    private final MillionEvents store = new MillionEvents();

    @Test
    void rollsUpNinetyDaysOfAMillionEvents() {
        Map<Instant, Rollup> seconds = byDay("dur");
        Map<Instant, Rollup> passed = byDay("ok");

        assertThat(seconds).hasSize(90);
        assertThat(seconds.values().stream().mapToLong(Rollup::count).sum()).isEqualTo(246_575);
        assertThat(seconds.values().stream().mapToDouble(Rollup::sum).sum()).isEqualTo(12_328_826_600.0);
        assertThat(passed.values().stream().mapToDouble(Rollup::sum).sum()).isEqualTo(232_071);
        Rollup first = passed.get(Instant.parse("2025-10-03T00:00:00Z"));
        assertThat(first.count()).isEqualTo(2_740);
        assertThat(first.sum()).isEqualTo(2_579).isEqualTo(first.sumOfSquares());
    }

    @Test
    void rollsUpNinetyDaysOfOneSubject() {
        RollupQuery query = RollupQuery.of("kind-3").subject("test-103").since(LAST_90_DAYS);
        List<Rollup> seconds = store.rollup(query.number("dur"));

        assertThat(seconds).hasSize(90);
        assertThat(seconds.stream().mapToLong(Rollup::count).sum()).isEqualTo(246);
        assertThat(seconds.stream().mapToDouble(Rollup::sum).sum()).isEqualTo(12_412_622);
        assertThat(store.rollup(query.number("ok")).stream().mapToDouble(Rollup::sum).sum()).isEqualTo(231);
        assertThat(store.rollup(query)).hasSize(90).allSatisfy(day -> assertThat(day.sum()).as("without a number only events are counted").isZero());
    }

    @Test
    void readsNothingBeyondThePiecesThatAreAskedFor() {
        RollupQuery query = RollupQuery.of("kind-3").since(LAST_90_DAYS);
        List<Rollup> all = store.rollup(query);
        Instant fourth = LAST_90_DAYS.plus(Duration.ofDays(3));

        assertThat(store.rollup(query.until(fourth))).isEqualTo(all.subList(0, 3));
        assertThat(store.readUntil).contains(fourth);
        assertThat(store.rollup(query.until(fourth.plusNanos(1)))).as("whole days").isEqualTo(all.subList(0, 4));
        assertThat(store.readUntil).contains(fourth.plus(Duration.ofDays(1)));
        assertThat(store.rollup(query.until(Instant.MAX))).isEqualTo(all);
        assertThat(store.rollup(query.per(Resolution.HOUR).until(fourth.minusNanos(1)))).hasSize(72);
        assertThat(store.readUntil).contains(fourth);
    }

    private Map<Instant, Rollup> byDay(String number) {
        Map<Instant, Rollup> days = new TreeMap<>();
        for (int kind = 0; kind < 5; kind++) {
            store.rollup(RollupQuery.of("kind-" + kind).number(number).since(LAST_90_DAYS)).forEach(day -> days.merge(day.start(), day, Rollup::plus));
        }
        return days;
    }

    /** Makes events as they are asked for. */
    private static final class MillionEvents implements Store {
        private static final int COUNT = 1_000_000;
        private static final int APART_MILLIS = 31_536;

        Optional<Instant> readUntil = Optional.empty();

        @Override
        public List<StoredEvent> read(EventQuery query) {
            readUntil = query.until();
            long since = query.since().map(at -> Duration.between(BEGINNING, at).toMillis() / APART_MILLIS).orElse(0L);
            int from = (int) Math.max(query.afterSequence(), since);
            int kind = Integer.parseInt(query.kind().orElseThrow().substring("kind-".length()));
            List<StoredEvent> found = new ArrayList<>();
            IntStream.range(from, COUNT).filter(i -> i % 5 == kind).mapToObj(MillionEvents::event)
                    .filter(query::matches).limit(query.limit()).forEach(found::add);
            return found;
        }

        private static StoredEvent event(int i) {
            return new StoredEvent(i + 1, new FencingToken(1), Event.of("cycle", "kind-" + i % 5, "test-" + i % 1000,
                    BEGINNING.plusMillis((long) APART_MILLIS * i), Map.of("ok", i % 17 == 0 ? 0.0 : 1.0, "dur", (double) (7919L * i % 100_000)), "{}"));
        }

        @Override
        public long append(FencingToken token, List<Event> events) {
            throw new UnsupportedOperationException("these are all the events there are");
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return Optional.of(new FencingToken(1));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
