package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.UNFORCED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTest {
    /** With a million the figures are those of the reference set. */
    private static final int EVENTS = Integer.getInteger("autosync.events", 5_000);
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void whatIsRolledUpIsWhatTheEventsComeTo() throws IOException {
        fill(EVENTS);
        Instant since = START.plusSeconds(275L * 86_400);
        try (JsonStore store = open()) {
            List<Rollup> days = IntStream.range(0, 5).mapToObj(kind -> RollupQuery.of("kind-" + kind).number("dur").since(since))
                    .flatMap(query -> store.rollup(query).stream()).toList();
            List<StoredEvent> events = store.read(EventQuery.all().since(since));
            assertThat(days.stream().mapToLong(Rollup::count).sum()).isEqualTo(events.size());
            assertThat(days.stream().mapToDouble(Rollup::sum).sum())
                    .isEqualTo(events.stream().mapToDouble(e -> e.event().numbers().get("dur")).sum());
            assertThat(days.stream().map(Rollup::start).distinct()).hasSize(90);
            if (EVENTS == 1_000_000) {
                assertThat(events).hasSize(246_575);
                assertThat(days.stream().mapToDouble(Rollup::sum).sum()).isEqualTo(12_328_826_600.0);
                assertThat(days.stream().filter(day -> day.start().equals(since)).mapToLong(Rollup::count).sum()).isEqualTo(2740);
            }
            for (Resolution resolution : Resolution.values()) {
                for (RollupQuery query : List.of(RollupQuery.of("kind-3"), RollupQuery.of("kind-3").number("ok"), RollupQuery.of("none"),
                        RollupQuery.of("kind-1").number("dur").since(since).until(since.plusSeconds(100_000)),
                        RollupQuery.of("kind-1").until(since.minusSeconds(1)), RollupQuery.of("kind-1").number("none"),
                        RollupQuery.of("kind-3").subject("test-103").number("dur").since(since))) {
                    assertThat(store.rollup(query.per(resolution))).as("%s", query.number()).isEqualTo(scanned(store, query.per(resolution)));
                }
            }
        }
    }

    @Test
    void rollupsAreReadFromTheFilesBesideTheSegmentsAndMadeAnewWhereThoseAreNotRight() throws IOException {
        fill(2000);
        Path beside = directory.resolve("rollups-000002.jsonl");
        byte[] whole = Files.readAllBytes(beside);
        RollupQuery query = RollupQuery.of("kind-2").number("dur");
        List<Rollup> expected;
        try (JsonStore store = open()) {
            expected = scanned(store, query);
            assertThat(store.rollup(query)).isEqualTo(expected);
        }
        for (int cut = 0; cut < whole.length; cut += 397) {
            Files.write(beside, Arrays.copyOf(whole, cut));
            try (JsonStore store = open()) {
                assertThat(store.rollup(query)).as("cut to %d bytes", cut).isEqualTo(expected);
            }
            assertThat(Files.readAllBytes(beside)).as("made anew").isEqualTo(whole);
        }
        for (int i = 0; i < whole.length; i += 211) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Files.write(beside, flipped);
            try (JsonStore store = open()) {
                assertThat(store.rollup(query)).as("byte %d flipped", i).isEqualTo(expected);
            }
        }
    }

    @Test
    void everySealedSegmentHasItsRollupsBesideIt() throws IOException {
        fill(1000);
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            List<String> segments = names.stream().filter(name -> name.startsWith("events-")).toList();
            assertThat(names.stream().filter(name -> name.startsWith("rollups-")).toList()).hasSizeGreaterThan(5)
                    .isEqualTo(segments.subList(0, segments.size() - 1).stream().map(name -> name.replace("events", "rollups")).toList());
        }
    }

    @Test
    void anEventMayFallIntoAnyPastHour() {
        try (JsonStore store = open(); JsonStore other = open()) {
            for (int i = 0; i < 300; i++) {
                (i % 2 == 0 ? store : other).append(TOKEN, List.of(event(i, START.minusSeconds(1009L * (i * 31 % 300)))));
            }
            for (RollupQuery query : List.of(RollupQuery.of("kind-1").number("dur"), RollupQuery.of("kind-1").since(START.minusSeconds(90_000)))) {
                assertThat(store.rollup(query)).isEqualTo(scanned(store, query)).isEqualTo(other.rollup(query)).isNotEmpty();
            }
        }
    }

    @Test
    void sumsThatAreNotFiniteComeBackAsSuch() {
        try (JsonStore store = open()) {
            for (int i = 0; i < 100; i++) {
                double most = i < 40 ? Double.MAX_VALUE : -Double.MAX_VALUE;
                store.append(TOKEN, List.of(Event.of("c", "k", "s", START, Map.of("n", most), "{}")));
            }
        }
        try (JsonStore store = open()) {
            Rollup day = store.rollup(RollupQuery.of("k").number("n")).get(0);
            assertThat(day.sumOfSquares()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(day.sum()).isNaN();
            assertThat(day.max()).isEqualTo(Double.MAX_VALUE);
        }
    }

    @Test
    void aFolderThatMayOnlyBeReadIsRolledUpAllTheSame() throws IOException {
        fill(500);
        Files.delete(directory.resolve("rollups-000001.jsonl"));
        FailingDisk disk = new FailingDisk(0);
        disk.broken().addAll(List.of(FailingDisk.Call.OPEN, FailingDisk.Call.LOCK, FailingDisk.Call.WRITE, FailingDisk.Call.RENAME));
        try (JsonStore store = JsonStore.open(directory, 4096, disk, true)) {
            assertThat(store.rollup(RollupQuery.of("kind-2"))).isEqualTo(scanned(store, RollupQuery.of("kind-2")));
        }
        assertThat(directory.resolve("rollups-000001.jsonl")).doesNotExist();
    }

    @Test
    void readsByKindAndTimeLeaveOutWholeSegments() {
        try (JsonStore store = open()) {
            for (int i = 0; i < 400; i++) {
                store.append(TOKEN, List.of(Event.of("c", "kind-" + i / 100, "s" + i, START.plusSeconds(i * 60L), Map.of(), "{}")));
            }
        }
        ReadCounter disk = new ReadCounter();
        try (JsonStore store = JsonStore.open(directory, 4096, disk, true)) {
            store.read(EventQuery.all().kind("kind-1"));
            for (EventQuery query : List.of(EventQuery.all().kind("kind-1"), EventQuery.all().kind("kind-1").latest(200),
                    EventQuery.all().since(START.plusSeconds(6000)).until(START.plusSeconds(12_000)))) {
                disk.segments.clear();
                assertThat(store.read(query)).hasSize(100);
                assertThat(disk.segments).hasSizeBetween(1, 8);
            }
            disk.segments.clear();
            assertThat(store.read(EventQuery.all().latest(3))).hasSize(3);
            assertThat(disk.segments).hasSize(1);
        }
    }

    private static List<Rollup> scanned(Store store, RollupQuery query) {
        return scanned(store.read(EventQuery.all()), query);
    }

    /** What events come to, one added after the other. */
    static List<Rollup> scanned(List<StoredEvent> events, RollupQuery query) {
        TreeMap<Instant, Rollup> pieces = new TreeMap<>();
        for (StoredEvent stored : events) {
            Event event = stored.event();
            Optional<Double> number = query.number().map(name -> event.numbers().get(name));
            Instant start = query.resolution().startOf(event.at());
            if (event.kind().equals(query.kind()) && query.covers(start) && (query.number().isEmpty() || number.isPresent())
                    && query.subject().map(event.subject()::equals).orElse(true)) {
                pieces.merge(start, Rollup.of(start, number.orElse(0.0)), Rollup::plus);
            }
        }
        return List.copyOf(pieces.values());
    }

    private void fill(int events) {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(event(i, START.plusMillis(31_536_000_000L / events * i)));
        }
        try (JsonStore store = open()) {
            for (int i = 0; i < events; i += events / 100) {
                store.append(TOKEN, all.subList(i, i + events / 100));
            }
        }
    }

    private static Event event(long i, Instant at) {
        return Event.of("cycle", "kind-" + i % 5, "test-" + i % 1000, at,
                Map.of("ok", i % 17 == 0 ? 0.0 : 1.0, "dur", (double) (7919 * i % 100_000)), "{}");
    }

    private JsonStore open() {
        return JsonStore.open(directory, EVENTS > 100_000 ? 8 << 20 : 4096, UNFORCED, true);
    }

    /** Which segments were read. */
    private static final class ReadCounter extends Disk {
        private final List<Path> segments = new ArrayList<>();

        @Override
        InputStream read(Path file, long from) throws IOException {
            if (file.getFileName().toString().startsWith("events-") && !segments.contains(file)) {
                segments.add(file);
            }
            return super.read(file, from);
        }
    }
}
