package dev.autosync.store.sqlite;

import static dev.autosync.store.sqlite.StoreFixture.TOKEN;
import static dev.autosync.store.sqlite.StoreFixture.assertRefused;
import static dev.autosync.store.sqlite.StoreFixture.database;
import static dev.autosync.store.sqlite.StoreFixture.events;
import static dev.autosync.store.sqlite.StoreFixture.fill;
import static dev.autosync.store.sqlite.StoreFixture.open;
import static dev.autosync.store.sqlite.StoreFixture.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTest {
    private static final int EVENTS = Integer.getInteger("autosync.referenceEvents", 20_000);
    private static final long YEAR_BEGINS = 1_735_689_600_000L;
    private static final long YEAR_MILLIS = 31_536L * 1_000_000;

    @TempDir
    Path directory;

    /** The reference set, spread over the year 2025 however many events there are. */
    private static Event reference(int i) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("ok", i % 17 == 0 ? 0.0 : 1.0);
        numbers.put("dur", (double) (7919L * i % 100_000));
        return Event.of("cycle-" + i / 8, "kind-" + i % 5, "test-" + i % 1000, Instant.ofEpochMilli(YEAR_BEGINS + YEAR_MILLIS / EVENTS * i), numbers, "{}");
    }

    @Test
    void rollupsOfTheReferenceSetAreExactlyWhatItsEventsComeTo() {
        try (Store store = open(directory)) {
            for (int from = 0; from < EVENTS; from += 1000) {
                List<Event> batch = new ArrayList<>();
                for (int i = from; i < Math.min(EVENTS, from + 1000); i++) {
                    batch.add(reference(i));
                }
                store.append(TOKEN, batch);
            }
            Instant window = Instant.ofEpochMilli(YEAR_BEGINS).plusSeconds(275 * 86_400L);
            long count = 0;
            double ok = 0;
            double duration = 0;
            for (int kind = 0; kind < 5; kind++) {
                RollupQuery days = RollupQuery.of("kind-" + kind).since(window);
                count += store.rollup(days).stream().mapToLong(Rollup::count).sum();
                ok += store.rollup(days.number("ok")).stream().mapToDouble(Rollup::sum).sum();
                duration += store.rollup(days.number("dur")).stream().mapToDouble(Rollup::sum).sum();
                assertThat(store.rollup(days)).hasSize(90).first().satisfies(day -> assertThat(day.start()).isEqualTo("2025-10-03T00:00:00Z"));
            }
            long expectedCount = 0;
            long expectedOk = 0;
            long expectedDuration = 0;
            for (int i = 0; i < EVENTS; i++) {
                if (!reference(i).at().isBefore(window)) {
                    expectedCount++;
                    expectedOk += i % 17 == 0 ? 0 : 1;
                    expectedDuration += 7919L * i % 100_000;
                }
            }
            assertThat(count).isEqualTo(expectedCount);
            assertThat(ok).isEqualTo(expectedOk);
            assertThat(duration).isEqualTo(expectedDuration);
            if (EVENTS == 1_000_000) {
                assertThat(List.of(expectedCount, expectedOk, expectedDuration)).containsExactly(246_575L, 232_071L, 12_328_826_600L);
            }
            RollupQuery test = RollupQuery.of("kind-3").subject("test-103").number("dur").since(window);
            assertThat(store.rollup(test)).isNotEmpty().isEqualTo(scan(store, test));
        }
    }

    @Test
    void rollupsAreWhatTheEventsComeToForEveryQueryWhereverTheClockGoes() {
        Random random = new Random(1);
        Instant begin = Instant.parse("1969-12-30T00:00:00Z");
        try (Store store = open(directory)) {
            for (int batch = 0; batch < 60; batch++) {
                List<Event> events = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    Map<String, Double> numbers = new LinkedHashMap<>();
                    for (int k = random.nextInt(4); k > 0; k--) {
                        numbers.put(List.of("", "a", "\ud83d\ude00", "\uffee", "'").get(random.nextInt(5)), (double) (random.nextInt(2000) - 1000));
                    }
                    events.add(Event.of("c", "kind" + random.nextInt(2), "s" + random.nextInt(2), begin.plusMillis(random.nextInt(4 * 86_400_000)),
                            numbers, "{}"));
                }
                store.append(TOKEN, events);
            }
            for (String number : new String[] {null, "", "a", "\ud83d\ude00", "\uffee", "'", "none"}) {
                for (Resolution resolution : Resolution.values()) {
                    RollupQuery query = RollupQuery.of("kind1").per(resolution);
                    query = number == null ? query : query.number(number);
                    Instant since = begin.plusMillis(random.nextInt(86_400_000));
                    Instant midnight = Instant.parse("1970-01-01T00:00:00Z");
                    for (RollupQuery one : List.of(query, query.since(since), query.until(midnight), query.until(midnight.plusNanos(1)),
                            query.since(since).until(since.plusSeconds(90_000)), query.subject("s1").since(since))) {
                        assertThat(store.rollup(one)).isEqualTo(scan(store, one));
                    }
                    assertThat(store.rollup(query).isEmpty()).isEqualTo("none".equals(number));
                }
            }
        }
    }

    @Test
    void sumsBeyondTheGreatestNumberAreInfiniteAndThoseOfBothSignsNaN() {
        Instant at = Instant.EPOCH;
        RollupQuery days = RollupQuery.of("k").number("n");
        for (int opening = 0; opening < 2; opening++) {
            try (Store store = open(directory)) {
                if (opening == 0) {
                    store.append(TOKEN, List.of(number(Double.MAX_VALUE, at), number(Double.MAX_VALUE, at)));
                    store.append(TOKEN, List.of(number(-Double.MAX_VALUE, at.plusSeconds(3600)), number(-Double.MAX_VALUE, at.plusSeconds(3600))));
                    store.append(TOKEN, List.of(number(Double.MIN_VALUE, at.plusSeconds(90_000)), number(-0.0, at.plusSeconds(90_000))));
                }
                assertThat(store.rollup(days.per(Resolution.HOUR))).extracting(Rollup::sum)
                        .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE);
                assertThat(store.rollup(days)).extracting(Rollup::sum).containsExactly(Double.NaN, Double.MIN_VALUE);
                assertThat(store.rollup(days).get(0)).isEqualTo(Rollup.of(at, 4, Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE, Double.POSITIVE_INFINITY));
                assertThat(store.rollup(days).get(1)).isEqualTo(Rollup.of(at.plusSeconds(86_400), 2, Double.MIN_VALUE, 0, Double.MIN_VALUE, 0));
            }
        }
    }

    @Test
    void aChangedRollupIsDamageAndNeverAnAnswer() throws Exception {
        for (String change : List.of("events = events + 1", "sum = sum + 1", "sum = NULL", "least = -1", "greatest = 1e300", "squares = 0", "crc = 1",
                "number = 'j', named = 1", "start = start + 86400", "start = 9223372036854775807", "events = 0", "kind = 'kind-9'")) {
            Path folder = directory.resolve("change-" + change.hashCode());
            fill(folder, 70);
            sql(database(folder), "UPDATE days SET " + change + " WHERE number = 'i' AND kind = 'kind-1'");
            try (Store store = open(folder)) {
                String kind = change.startsWith("kind") ? "kind-9" : "kind-1";
                RollupQuery query = change.startsWith("number") ? RollupQuery.of(kind).number("j") : RollupQuery.of(kind).number("i");
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.rollup(query)).as(change).withMessageContaining("rollup in the table days");
                assertThat(store.maintenance().orElseThrow().check().sound()).as(change).isFalse();
                assertThat(store.read(EventQuery.all())).as("the events are there").hasSize(70);
            }
        }
    }

    @Test
    void anAppendThatFailsLeavesTheRollupsAsTheyWere() throws Exception {
        fill(directory, 60);
        try (Store store = open(directory)) {
            List<Rollup> before = store.rollup(RollupQuery.of("kind-1").number("i"));
            sql(database(directory), "CREATE UNIQUE INDEX of_somebody_else ON events(payload) WHERE kind = 'kind-2'");
            assertRefused(ErrorCode.STORE_FAILED, () -> store.append(TOKEN, events(58, 9)));
            assertThat(store.rollup(RollupQuery.of("kind-1").number("i"))).isEqualTo(before);
            assertThat(store.append(TOKEN, events(60, 9))).isEqualTo(69);
            assertThat(store.rollup(RollupQuery.of("kind-1").number("i"))).isEqualTo(scan(store, RollupQuery.of("kind-1").number("i")));
            assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
        }
    }

    @Test
    void aDamagedRollupKeepsNoEventOutAndNoOtherRollupFromBeingRight() throws Exception {
        fill(directory, 70);
        sql(database(directory), "UPDATE days SET crc = 1 WHERE kind = 'kind-0' AND named = 0");
        for (int opening = 0; opening < 3; opening++) {
            try (Store store = open(directory)) {
                for (int i = 0; i < 30; i++) {
                    store.append(TOKEN, events(70 + 5 * i, 5));
                }
                assertThat(store.read(EventQuery.all())).hasSize(70 + 150 * (opening + 1));
                for (RollupQuery query : List.of(RollupQuery.of("kind-1").number("i"), RollupQuery.of("kind-0").per(Resolution.HOUR))) {
                    assertThat(store.rollup(query)).isEqualTo(scan(store, query));
                }
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.rollup(RollupQuery.of("kind-0"))).withMessageContaining("rollup in the table days");
                // What it counts must not be removed before it is counted.
                assertRefused(ErrorCode.STORE_DAMAGED, () -> store.maintenance().orElseThrow().compact(TOKEN,
                        Retention.dropping(Instant.EPOCH.plusSeconds(1000), Set.of("kind-0"))));
                assertThat(store.maintenance().orElseThrow().check().sound()).isFalse();
            }
        }
    }

    @Test
    void aDamagedEventThatIsNotRolledUpYetKeepsNoEventOutAndIsNeverLeftOutOfAnAnswer() throws Exception {
        for (String damage : List.of("UPDATE events SET payload = '{}' WHERE seq = 68", "DELETE FROM events WHERE seq = 68", "UPDATE rolled SET seq = 70")) {
            Path folder = directory.resolve("damage-" + damage.hashCode());
            fill(folder, 70);
            sql(database(folder), damage);
            for (int opening = 0; opening < 2; opening++) {
                try (Store store = open(folder)) {
                    long before = 70 + 100 * opening;
                    for (int i = 0; i < 20; i++) {
                        assertThat(store.append(TOKEN, events(70, 5))).as(damage).isEqualTo(before + 5 * (i + 1));
                    }
                    assertThat(store.read(EventQuery.all().after(70))).as(damage).hasSize(100 * (opening + 1));
                    for (RollupQuery query : List.of(RollupQuery.of("kind-1").number("i"), RollupQuery.of("kind-0").per(Resolution.HOUR))) {
                        assertRefused(ErrorCode.STORE_DAMAGED, () -> store.rollup(query)).withMessageContaining("restore it from a copy");
                    }
                    // What it may count must not be removed before it is counted.
                    assertRefused(ErrorCode.STORE_DAMAGED, () -> store.maintenance().orElseThrow().compact(TOKEN,
                            Retention.dropping(Instant.EPOCH.plusSeconds(100_000), Set.of("kind-0"))));
                    assertThat(store.maintenance().orElseThrow().check().sound()).as(damage).isFalse();
                }
            }
        }
    }

    /** Where the last events are not rolled up, a store that another one appends to, or that goes back on an append, may not count them twice. */
    @Test
    void twoStoresOnOneDatabaseCountEachEventOnce() {
        RollupQuery query = RollupQuery.of("kind-1").number("i").per(Resolution.HOUR);
        try (Store one = open(directory); Store other = open(directory)) {
            for (int i = 0; i < 100; i++) {
                (i % 3 == 0 ? one : other).append(TOKEN, events(7 * i, i % 7 + 1));
                if (i % 2 == 0) {
                    assertThat(one.rollup(query)).as("after %d", i).isEqualTo(scan(other, query));
                    assertThat(other.rollup(query)).as("after %d", i).isEqualTo(scan(other, query));
                }
            }
        }
    }

    private static Event number(double number, Instant at) {
        return Event.of("c", "k", "", at, Map.of("n", number), "{}");
    }

    /** What a plain scan of all events comes to. */
    private static List<Rollup> scan(Store store, RollupQuery query) {
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        for (StoredEvent stored : store.read(EventQuery.all())) {
            Event event = stored.event();
            Instant start = query.resolution().startOf(event.at());
            Double number = query.number().isPresent() ? event.numbers().get(query.number().get()) : Double.valueOf(0);
            if (event.kind().equals(query.kind()) && query.subject().map(event.subject()::equals).orElse(true) && number != null && query.covers(start)) {
                pieces.merge(start, Rollup.of(start, number), Rollup::plus);
            }
        }
        return List.copyOf(pieces.values());
    }
}
