package dev.autosync.store.json;

import static dev.autosync.store.json.StoreFixture.TOKEN;
import static dev.autosync.store.json.StoreFixture.UNFORCED;
import static dev.autosync.store.json.StoreFixture.appendEach;
import static dev.autosync.store.json.StoreFixture.events;
import static dev.autosync.store.json.StoreFixture.expected;
import static dev.autosync.store.json.StoreFixture.lineEnds;
import static dev.autosync.store.json.StoreFixture.segment;
import static dev.autosync.store.json.StoreFixture.subjects;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreFactory;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.MapSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are opened with {@code onDamage} set to {@code quarantine}. */
class QuarantineTest {
    private static final int EVENTS = 40;

    @TempDir
    Path temp;

    @Test
    void whateverLineIsDamagedAllOthersStayAndTheLossIsTold() throws IOException {
        Path full = store(temp.resolve("full"));
        int number = 0;
        for (int segment = 1; Files.exists(segment(full, segment)); segment++) {
            byte[] whole = Files.readAllBytes(segment(full, segment));
            int start = 0;
            for (int end : lineEnds(whole)) {
                byte[] bytes = whole.clone();
                bytes[start + 70] ^= 1;
                Path directory = copy(full, temp.resolve("n" + number));
                Files.write(segment(directory, segment), bytes);
                String lost = "subject-" + number;
                try (JsonStore stops = JsonStore.open(directory, 700, UNFORCED, true)) {
                    assertThatThrownBy(() -> stops.read(EventQuery.all())).hasMessageContaining("\"onDamage\" to \"quarantine\"");
                }
                try (JsonStore store = heals(directory)) {
                    assertHealed(store, number, lost);
                    assertThat(store.append(TOKEN, events(EVENTS, 1))).as(lost).isEqualTo(EVENTS + 2L);
                }
                try (JsonStore store = JsonStore.open(directory, 700, UNFORCED, true)) {
                    assertThat(subjects(store, EventQuery.all().kind("kind"))).hasSize(EVENTS).doesNotContain(lost);
                    assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
                    assertThat(store.maintenance().orElseThrow().compactedUpTo()).isEqualTo(number + 1L);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                assertThat(quarantined(directory)).as(lost)
                        .isEqualTo(new String(bytes, start, end - start, UTF_8));
                start = end;
                number++;
            }
        }
        assertThat(number).isEqualTo(EVENTS);
    }

    private static void assertHealed(JsonStore store, int number, String lost) {
        List<String> rest = new ArrayList<>(expected(EVENTS));
        rest.remove(number);
        assertThat(subjects(store, EventQuery.all().kind("kind"))).as(lost).isEqualTo(rest);
        List<StoredEvent> told = store.read(EventQuery.all().kind(Quarantine.KIND));
        assertThat(told).as(lost).hasSize(1);
        assertThat(told.get(0).event().numbers()).isEqualTo(Map.of("lost", 1.0, "lines", 1.0));
        assertThat(told.get(0).sequence()).isEqualTo(EVENTS + 1L);
        assertThat(store.read(EventQuery.all().kind("kind")).stream().map(StoredEvent::sequence)).doesNotContain(number + 1L)
                .hasSize(EVENTS - 1);
    }

    @Test
    void whatADamagedSegmentCameToIsStillKnownFromTheFileBesideIt() throws IOException {
        Path directory = store(temp.resolve("store"));
        byte[] bytes = Files.readAllBytes(segment(directory, 2));
        bytes[70] ^= 1;
        Files.write(segment(directory, 2), bytes);
        try (JsonStore store = heals(directory)) {
            assertThat(subjects(store, EventQuery.all().kind("kind"))).hasSize(EVENTS - 1);
            assertThat(store.rollup(RollupQuery.of("kind"))).extracting(Rollup::count).containsExactly((long) EVENTS);
        }
    }

    @Test
    void whatACrashHasCutIsNoLoss() throws IOException {
        Path directory = temp.resolve("store");
        try (JsonStore store = JsonStore.open(directory, 4096, UNFORCED, true)) {
            appendEach(store, 0, 2);
            store.append(TOKEN, events(2, 3));
        }
        byte[] bytes = Files.readAllBytes(segment(directory, 1));
        bytes[lineEnds(bytes).get(0) + 70] ^= 1;
        Files.write(segment(directory, 1), Arrays.copyOf(bytes, bytes.length - 20));
        try (JsonStore store = heals(directory)) {
            assertThat(subjects(store, EventQuery.all().kind("kind"))).containsExactly("subject-0");
            assertThat(store.read(EventQuery.all().kind(Quarantine.KIND)).get(0).event().numbers())
                    .containsEntry("lost", 1.0);
        }
    }

    @Test
    void whenTheLastFileOfACompactionIsLostItsNumbersAreNotGivenAgain() throws Exception {
        Path directory = store(temp.resolve("store"));
        // With segments as large as these all goes in one step, the end of the history with it.
        try (JsonStore store = JsonStore.open(Workings.of(new Segments(directory), UNFORCED, 1 << 20, true), true)) {
            store.append(TOKEN, List.of(Event.of("cycle", "other", "", Instant.EPOCH, Map.of(), "{}")));
            store.maintenance().orElseThrow().compact(TOKEN, Retention.dropping(Instant.EPOCH.plus(Duration.ofDays(9)), Set.of("other", "kind")));
        }
        try (Stream<Path> files = Files.list(directory)) {
            Files.delete(files.filter(file -> file.getFileName().toString().startsWith("events-")).max(Comparator.naturalOrder()).orElseThrow());
        }
        try (JsonStore store = heals(directory)) {
            assertThat(store.read(EventQuery.all())).extracting(StoredEvent::sequence).containsExactly(EVENTS + 2L);
            assertThat(store.read(EventQuery.all()).get(0).event().kind()).isEqualTo(Quarantine.KIND);
            assertThat(store.append(TOKEN, events(0, 1))).isEqualTo(EVENTS + 3L);
            assertThat(store.maintenance().orElseThrow().check().problems()).isEmpty();
            assertThat(store.maintenance().orElseThrow().compactedUpTo()).isEqualTo(EVENTS + 1L);
        }
    }

    @Test
    void aNewerVersionIsNoDamage() throws IOException {
        Path directory = store(temp.resolve("store"));
        String text = Files.readString(segment(directory, 2));
        String newer = "{\"v\":2,\"seq\":4,\"anything\":true}" + text.substring(text.indexOf('\n'));
        Files.writeString(segment(directory, 2), newer);
        try (JsonStore store = heals(directory)) {
            assertThatThrownBy(() -> store.read(EventQuery.all())).isInstanceOf(StoreException.class)
                    .extracting(e -> ((StoreException) e).code()).isEqualTo(ErrorCode.STORE_VERSION);
        }
        assertThat(segment(directory, 2)).hasContent(newer);
    }

    @Test
    void eventsThatVanishUnderAnOpenStoreAreNotGivenUp() throws IOException {
        Path directory = temp.resolve("store");
        try (JsonStore store = heals(directory)) {
            appendEach(store, 0, 3);
            byte[] bytes = Files.readAllBytes(segment(directory, 1));
            Files.write(segment(directory, 1), Arrays.copyOf(bytes, lineEnds(bytes).get(1)));
            assertThatThrownBy(() -> store.append(TOKEN, events(3, 1))).isInstanceOf(StoreException.class)
                    .hasMessageContaining("has become shorter");
        }
    }

    @Test
    void onDamageKnowsTwoAnswers() {
        StoreFactory factory = new JsonStoreFactory();
        assertThatThrownBy(() -> factory.open(temp, MapSettings.of(Map.of("onDamage", "ignore")))).hasMessageContaining("onDamage");
        factory.open(temp, MapSettings.of(Map.of("onDamage", "quarantine"))).close();
        factory.open(temp, MapSettings.of(Map.of("onDamage", "stop"))).close();
    }

    private static Path store(Path directory) {
        try (JsonStore store = JsonStore.open(directory, 700, UNFORCED, true)) {
            appendEach(store, 0, EVENTS);
        }
        return directory;
    }

    private static JsonStore heals(Path directory) {
        return JsonStore.open(Workings.of(new Segments(directory), UNFORCED, 700, true), true);
    }

    private static String quarantined(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> aside = files.filter(file -> file.toString().endsWith(".quarantine")).toList();
            assertThat(aside).hasSize(1);
            return Files.readString(aside.get(0), ISO_8859_1);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
