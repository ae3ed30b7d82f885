package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.History;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old events go from the stores that come with AutoSync; what they came to stays, also when the history moves. */
class RetentionStoresTest extends CycleFixture {
    private static final int CYCLES = 300;
    private static final Patch APPEND = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");

    @BeforeEach
    void aList() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sqlite"})
    void oldEventsGoOnceADayAndAreStillCounted(String name) throws Exception {
        aLongHistory(name);
        List<Rollup> before = perDay(name);
        for (int day : List.of(CYCLES, CYCLES, CYCLES + 1)) {
            assertThat(sync(name, day).warnings()).isEmpty();
        }
        try (Store store = Stores.open(workspace, name)) {
            assertThat(store.read(EventQuery.all().kind("test-run").limit(1)).get(0).event().at()).isEqualTo(day(51));
            assertThat(store.read(EventQuery.all().kind("cycle").limit(1)).get(0).event().at()).isEqualTo(day(0));
            assertThat(store.read(EventQuery.all().kind("retention"))).extracting(event -> event.event().numbers().get("removed"))
                    .containsExactly(50.0, 1.0);
            StoreMaintenance maintenance = store.maintenance().orElseThrow();
            assertThat(maintenance.check().problems()).isEmpty();
            assertThat(store.read(EventQuery.all()).stream().map(StoredEvent::sequence)).as("numbers stay").isSubsetOf(
                    LongStream.rangeClosed(1, maintenance.check().events() + 51).boxed().toList());
            assertThat(History.of(store).until(day(51)).testRunSeconds().values()).as("streams hold what is left").isEmpty();
            assertThat(History.of(store).until(day(52)).testRunSeconds().values()).hasSize(1);
        }
        assertThat(perDay(name)).startsWith(before.toArray(Rollup[]::new));
    }

    @Test
    void aHistoryThatLetEventsGoMovesThereAndBack() throws Exception {
        aLongHistory("json");
        List<Rollup> before = perDay("json");
        sync("json", CYCLES);
        try (SyncEngine engine = engine("json", CYCLES)) {
            engine.moveStore("sqlite");
        }
        sync("sqlite", CYCLES + 9);
        List<StoredEvent> gone = events("sqlite");
        try (SyncEngine engine = engine("sqlite", CYCLES + 9)) {
            assertThatThrownBy(() -> engine.moveStore("json")).isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("the target holds event 201, which the source does not hold, or not any more", "Nothing was written");
            assertThat(events("sqlite")).isEqualTo(gone);
            moveAwayJson();
            assertThat(engine.moveStore("json").copy()).hasValueSatisfying(copy -> assertThat(copy.copied()).isEqualTo(gone.size()));
        }
        SyncReport report = sync("json", CYCLES + 9);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.batch().outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.ALREADY_APPLIED);
        assertThat(events("json")).startsWith(gone.toArray(StoredEvent[]::new));
        assertThat(perDay("json")).startsWith(before.toArray(Rollup[]::new));
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    /** A cycle a day, each with a run of the tests. */
    private void aLongHistory(String name) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < CYCLES; i++) {
            events.add(Event.of("c" + i, "test-run", "run-1", day(i), Map.of("seconds", i / 3.0), "{\"verdict\": \"green\", \"content\": \"\"}"));
            events.add(Event.of("c" + i, "cycle", "green", day(i), Map.of("seconds", 1.0), "{}"));
            events.add(Event.of("c" + i, "kpi", "size", day(i), Map.of("value", 1.0 + i), "{}"));
            events.add(Event.of("c" + i, "pull", "github", day(i), Map.of("patches", 0.0), "{\"outcome\": \"changes\"}"));
        }
        try (Store store = Stores.open(workspace, name)) {
            store.append(new FencingToken(1), events);
        }
    }

    private List<Rollup> perDay(String name) {
        try (Store store = Stores.open(workspace, name)) {
            return History.of(store).testRunSeconds().per(Resolution.DAY);
        }
    }

    private void moveAwayJson() throws IOException {
        Path away = Files.createDirectory(outside.resolve("away"));
        try (Stream<Path> files = Files.list(workspace.resolve(".autosync/store"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("(events|rollups)-.*|compacted\\.jsonl|token")).toList()) {
                Files.move(file, away.resolve(file.getFileName()));
            }
        }
    }

    private SyncReport sync(String name, int day) throws InterruptedException {
        try (SyncEngine engine = engine(name, day)) {
            return engine.sync();
        }
    }

    private SyncEngine engine(String name, int day) {
        return SyncEngine.builder(workspace).tests(suite).store(name).patches(PatchBatch.of(APPEND)).retention(250, "test-run")
                .clock(Clock.fixed(day(day).plusSeconds(3600), ZoneOffset.UTC)).build();
    }

    private List<StoredEvent> events(String name) {
        try (Store store = Stores.open(workspace, name)) {
            return store.read(EventQuery.all());
        }
    }

    private static Instant day(int day) {
        return Instant.EPOCH.plusSeconds(day * 86_400L);
    }
}
