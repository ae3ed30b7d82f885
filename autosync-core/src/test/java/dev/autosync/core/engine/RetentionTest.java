package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Retention;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old events go once a day at most; none goes that anybody needs. */
class RetentionTest extends CycleFixture {
    private static final int CYCLES = 300;
    private static final Patch APPEND = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");

    private final CompactingStore old = new CompactingStore();

    /** A cycle a day, each with a run of the tests, a phase and a patch. */
    @BeforeEach
    void aLongHistory() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < CYCLES; i++) {
            for (String kind : List.of("test-run", "phase", "patch", "cycle")) {
                events.add(Event.of("c" + i, kind, kind.equals("cycle") ? "green" : "s", day(i), Map.of("seconds", 1.0), switch (kind) {
                    case "test-run" -> "{\"verdict\": \"green\", \"content\": \"\"}";
                    case "patch" -> "{\"outcome\": \"refused\", \"checksum\": \"1\"}";
                    default -> "{}";
                }));
            }
        }
        old.append(new FencingToken(1), events);
    }

    @Test
    void letsOldEventsOfSomeKindsGoAndSaysSo() throws Exception {
        SyncReport report = sync(CYCLES, SyncEngine.builder(workspace).retention(250, "test-run"));

        assertThat(report.warnings()).isEmpty();
        assertThat(first("test-run")).isEqualTo(day(50));
        assertThat(first("phase")).isEqualTo(day(0));
        assertThat(first("patch")).isEqualTo(day(0));
        assertThat(old.read(EventQuery.all().kind("retention"))).singleElement().satisfies(event -> {
            assertThat(event.event().numbers()).containsEntry("removed", 50.0).containsEntry("bytesBefore", 100.0 * (event.sequence() - 1))
                    .containsEntry("bytesAfter", 100.0 * (event.sequence() - 51));
            assertThat(event.event().payload()).isEqualTo("{\"before\":\"" + day(50) + "\",\"kinds\":[\"test-run\"]}");
            assertThat(event.event().cycle()).isEqualTo(report.cycle());
        });
    }

    @Test
    void letsNothingGoUnlessItIsAskedTo() throws Exception {
        sync(CYCLES, SyncEngine.builder(workspace));
        assertThat(old.compactions).isEmpty();
    }

    @Test
    void keepsWhatAnalysesLookAtHoweverOldItIs() throws Exception {
        sync(CYCLES, SyncEngine.builder(workspace).retention(1));
        // The last 200 cycles are this one and those of the 199 days before.
        assertThat(first("test-run")).isEqualTo(day(CYCLES - 199));
        assertThat(first("phase")).isEqualTo(day(CYCLES - 199));
        assertThat(first("cycle")).isEqualTo(day(0));
    }

    @Test
    void doesItOnceADayWhicheverEngineAsks() throws Exception {
        for (int i = 0; i < 2; i++) {
            sync(CYCLES, SyncEngine.builder(workspace).retention(250));
        }
        try (SyncEngine engine = engine(CYCLES + 1, SyncEngine.builder(workspace).retention(250))) {
            engine.sync();
            engine.sync();
        }
        sync(CYCLES, SyncEngine.builder(workspace).retention(250));
        assertThat(old.compactions).extracting(Retention::before).containsExactly(day(50), day(51));

        sync(CYCLES + 1, SyncEngine.builder(workspace).retention(250, "test-run", "pull"));
        assertThat(old.compactions).as("another kind is another retention").hasSize(3);
    }

    @Test
    void forgetsNothingThatHasLanded() throws Exception {
        sync(CYCLES, SyncEngine.builder(workspace).patches(PatchBatch.of(APPEND)).retention(1));
        sync(CYCLES + 400, SyncEngine.builder(workspace).patches(PatchBatch.of(APPEND)).retention(1, "test-run", "phase", "kpi", "pull", "recovery"));
        SyncReport report = sync(CYCLES + 401, SyncEngine.builder(workspace).patches(PatchBatch.of(APPEND)));

        assertThat(report.batch().outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.ALREADY_APPLIED);
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void letsNothingGoThatTheMirrorDoesNotHave() throws Exception {
        Path mirror = workspace.resolve(".autosync/store/mirror");
        Files.createDirectories(mirror.getParent());
        try (Store other = jsonStore(mirror)) {
            other.append(new FencingToken(1), List.of(Event.of("c", "k", "foreign", Instant.EPOCH, Map.of(), "{}")));
        }
        SyncReport report = sync(CYCLES, SyncEngine.builder(workspace).mirror(true).retention(250));
        assertThat(report.warnings()).singleElement().asString().contains("another history");
        assertThat(old.compactions).isEmpty();

        Files.move(mirror, outside.resolve("away"));
        sync(CYCLES, SyncEngine.builder(workspace).mirror(true).retention(250));
        assertThat(old.compactions).hasSize(1);
        try (Store copy = jsonStore(mirror)) {
            List<StoredEvent> copied = copy.read(EventQuery.all());
            assertThat(copied).containsAll(old.read(EventQuery.all()));
            assertThat(copied.get(0).event().at()).as("what is gone from the store stays in the mirror").isEqualTo(day(0));
            assertThat(copied.get(copied.size() - 1).event().kind()).isEqualTo("retention");
        }
    }

    @Test
    void warnsInEachCycleOfAStoreThatCannotRemoveEvents() throws Exception {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(new FailingStore(store, events -> false)).retention(1).build()) {
            for (int i = 0; i < 2; i++) {
                SyncReport report = engine.sync();
                assertThat(report.green()).isTrue();
                assertThat(report.warnings()).singleElement().asString().contains("cannot remove events");
            }
        }
    }

    static Stream<String> kindsOfThePage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "events.md"));
        return Pattern.compile("(?m)^\\| `([a-z-]+)` \\|").matcher(page).results().map((MatchResult row) -> row.group(1)).toList().stream();
    }

    @ParameterizedTest
    @MethodSource("kindsOfThePage")
    void knowsOfEveryKindWhetherItMayGo(String kind) {
        if (List.of("test-run", "phase", "kpi", "pull", "recovery").contains(kind)) {
            assertThat(RetentionPolicy.of(1, List.of(kind)).kinds()).containsExactly(kind);
        } else {
            assertThatThrownBy(() -> SyncEngine.builder(workspace).retention(1, "phase", kind)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'" + kind + "' must stay: it says", "those that may go are kpi, phase, pull, recovery, test-run");
        }
    }

    @Test
    void namesTheNearestKindWhenThereIsNoSuch() {
        assertThatThrownBy(() -> SyncEngine.builder(workspace).retention(1, "phases")).hasMessageContaining("did you mean 'phase'?");
        assertThatThrownBy(() -> SyncEngine.builder(workspace).retention(0)).hasMessageContaining("days must be 1 to 36500, was 0");
    }

    private SyncReport sync(int day, SyncEngine.Builder builder) throws InterruptedException {
        try (SyncEngine engine = engine(day, builder)) {
            return engine.sync();
        }
    }

    private SyncEngine engine(int day, SyncEngine.Builder builder) {
        return builder.tests(suite).store(old).clock(Clock.fixed(day(day).plusSeconds(3600), ZoneOffset.UTC)).build();
    }

    private Instant first(String kind) {
        return old.read(EventQuery.all().kind(kind).limit(1)).get(0).event().at();
    }

    private static Instant day(int day) {
        return Instant.EPOCH.plusSeconds(day * 86_400L);
    }
}
