package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.ProgressListener;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.History;
import dev.autosync.history.StoreMove;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.Hold;
import dev.autosync.lock.LockException;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.retry.Deadline;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engine that is asked to takes its history to another store, goes on there, and nobody takes it back by mistake. */
class StoreMoveTest extends CycleFixture {
    private static final Patch APPEND = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");

    private Path config;

    @BeforeEach
    void aList() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]");
        config = Files.createDirectory(workspace.resolve("autosync")).resolve("core_config.json");
        Files.writeString(config, "{\"version\": 1}");
    }

    @Test
    void goesOnWithTheNewStoreAndForgetsNothing() throws Exception {
        try (SyncEngine engine = builder().build()) {
            engine.sync();
            List<StoredEvent> before = events("json");
            History history = engine.history();
            assertThat(history.cycleSeconds().values()).hasSize(1);

            StoreMove move = engine.moveStore("sqlite");
            assertThat(move.from()).isEqualTo("json");
            assertThat(move.to()).isEqualTo("sqlite");
            assertThat(move.copy()).hasValueSatisfying(copy -> assertThat(copy.copied()).isEqualTo(before.size()));
            assertThat(move.leftToDo()).as("nobody has named the old one").isEmpty();
            assertThat(events("sqlite")).isEqualTo(before);

            SyncReport report = engine.sync();
            assertThat(report.batch().outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.ALREADY_APPLIED);
            assertThat(report.warnings()).isEmpty();
            assertThat(history.cycleSeconds().values()).as("a history follows").hasSize(2);
            assertThat(events("json")).as("the old one stays as it was").isEqualTo(before);
        }
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`{ \"store\" :\t\"json\",\r\n\r\n \"version\": 1}` | `{ \"store\" :\t\"sqlite\",\r\n\r\n \"version\": 1}`",
        "`{\"version\": 1, \"store\": {\"type\":   \"json\"}}` | `{\"version\": 1, \"store\": {\"type\":   \"sqlite\"}}`",
        "`{\"version\": 1, \"store\": {\"segmentBytes\": 4096, \"mirror\": true, \"type\": \"json\"}, \"stable\": {\"greenCycles\": 2}}`"
                + " | `{\"version\": 1, \"store\": {\"mirror\": true, \"type\": \"sqlite\"}, \"stable\": {\"greenCycles\": 2}}`",
    })
    void changesTheNameInTheConfigurationAndNothingElse(String before, String after) throws Exception {
        Files.writeString(config, before);
        try (SyncEngine engine = builder().readConfiguration().build()) {
            engine.sync();
            StoreMove move = engine.moveStore("sqlite");
            assertThat(move.configurationChanged()).isTrue();
            assertThat(move.leftToDo()).isEmpty();
        }
        assertThat(Files.readString(config)).isEqualTo(after);
        assertThat(temporaries()).isEmpty();
        try (SyncEngine engine = builder().readConfiguration().build()) {
            assertThat(engine.sync().warnings()).isEmpty();
            assertThat(engine.history().cycleSeconds().values()).hasSize(2);
        }
        assertThat(events("json")).hasSizeLessThan(events("sqlite").size());
    }

    @Test
    void staysThereAndSaysSoWhileAProgramNamesTheOldStore() throws Exception {
        try (SyncEngine engine = builder().store("json").build()) {
            engine.sync();
            assertThat(engine.moveStore("sqlite").leftToDo()).hasValueSatisfying(todo -> assertThat(todo)
                    .contains("names the store 'json'", "let it name 'sqlite'"));
        }
        for (int i = 0; i < 2; i++) {
            try (SyncEngine engine = builder().store("json").build()) {
                assertThat(engine.sync().warnings()).singleElement().asString().contains("stays in the store 'sqlite'", "though 'json' is named");
                assertThat(engine.sync().warnings()).as("once an engine").isEmpty();
            }
        }
        assertThat(events("sqlite")).hasSizeGreaterThan(events("json").size());
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void wouldBeTakenBackIfNobodyRememberedThatItWasLeft() throws Exception {
        try (SyncEngine engine = builder().store("json").build()) {
            engine.sync();
            engine.moveStore("sqlite");
            engine.sync();
        }
        write(workspace.resolve(".autosync/store.json"), "{\"version\": 1, \"type\": \"sqlite\"}");
        assertThat(sync("json").warnings()).isEmpty();
        assertThat(events("json")).as("the control").hasSizeGreaterThan(events("sqlite").size());
    }

    @Test
    void goesBackByNameAloneOnceTheNewStoreWasNamed() throws Exception {
        try (SyncEngine engine = builder().store("json").build()) {
            engine.sync();
            engine.moveStore("sqlite");
        }
        sync("sqlite");
        assertThat(sync("json").warnings()).isEmpty();
        assertThat(events("json")).as("it has moved as the name says").hasSizeGreaterThan(events("sqlite").size());
    }

    @Test
    void goesBackWhenItIsAskedTo() throws Exception {
        try (SyncEngine engine = builder().store("json").build()) {
            engine.sync();
            engine.moveStore("sqlite");
            engine.sync();
            assertThat(engine.moveStore("json").leftToDo()).isEmpty();
            assertThat(engine.sync().warnings()).isEmpty();
        }
        assertThat(events("json")).startsWith(events("sqlite").toArray(StoredEvent[]::new));
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void finishesWhatADeadProcessDidNotComeTo() throws Exception {
        Files.writeString(config, "{\"version\": 1, \"store\": \"json\"}");
        try (SyncEngine engine = builder().readConfiguration().build()) {
            engine.sync();
            engine.moveStore("sqlite");
        }
        // As if the process had died before it came to the configuration.
        Files.writeString(config, "{\"version\": 1, \"store\": \"json\"}");
        try (SyncEngine engine = builder().readConfiguration().build()) {
            assertThat(engine.sync().warnings()).hasSize(1);
            StoreMove move = engine.moveStore("sqlite");
            assertThat(move.copy()).as("the history is there").isEmpty();
            assertThat(move.configurationChanged()).isTrue();
        }
        assertThat(Files.readString(config)).isEqualTo("{\"version\": 1, \"store\": \"sqlite\"}");
    }

    @Test
    void saysWhatIsLeftToDoIfTheConfigurationCannotBeChanged() throws Exception {
        Files.writeString(config, "{\"version\": 1, \"store\": \"json\"}");
        try (SyncEngine engine = builder().readConfiguration().build()) {
            engine.sync();
            Files.writeString(config, "{\"version\": 1, \"store\": \"json\"");
            StoreMove move = engine.moveStore("sqlite");
            assertThat(move.configurationChanged()).isFalse();
            assertThat(move.leftToDo()).hasValueSatisfying(todo -> assertThat(todo).contains("core_config.json could not be changed", "'sqlite'"));
        }
        assertThat(Files.readString(config)).isEqualTo("{\"version\": 1, \"store\": \"json\"");
        assertThat(events("sqlite")).isEqualTo(events("json"));
    }

    @Test
    void letsNoOtherEngineGoOnInTheOldStore() throws Exception {
        try (SyncEngine other = builder().store("json").build(); SyncEngine engine = builder().store("json").build()) {
            engine.sync();
            engine.moveStore("sqlite");
            assertThatThrownBy(other::sync).isInstanceOf(StoreException.class).hasMessageContaining("moved it to 'sqlite'");
        }
    }

    @Test
    void stopsAProcessThatHasLostTheWorkspaceFromWritingIntoTheOldStore() throws Exception {
        try (SyncEngine engine = builder().store("json").build(); Store json = Stores.open(workspace, "json")) {
            engine.sync();
            FencingToken late = json.lastToken().orElseThrow();
            engine.moveStore("sqlite");
            assertThatThrownBy(() -> json.append(late, List.of(Event.of("c", "k", "late", Instant.EPOCH, Map.of(), "{}"))))
                    .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_STALE_TOKEN));
        }
    }

    @Test
    void changesNothingIfTheOtherStoreHoldsAnotherHistory() throws Exception {
        try (SyncEngine engine = builder().build()) {
            engine.sync();
            try (Store other = Stores.open(workspace, "sqlite")) {
                other.append(new FencingToken(1), List.of(Event.of("c", "k", "another history", Instant.EPOCH, Map.of(), "{}")));
            }
            assertThatThrownBy(() -> engine.moveStore("sqlite")).isInstanceOf(StoreException.class);
            assertThat(engine.sync().warnings()).isEmpty();
        }
        assertThat(events("sqlite")).hasSize(1);
        try (SyncEngine engine = builder().build()) {
            assertThat(engine.history().cycleSeconds().values()).hasSize(2);
        }
    }

    @Test
    void changesNothingIfTheWorkspaceIsBusyOrTheThreadIsInterrupted() throws Exception {
        try (SyncEngine engine = builder().build()) {
            engine.sync();
            try (Hold hold = WorkspaceLock.of(workspace).acquire(Deadline.none())) {
                assertThatThrownBy(() -> engine.moveStore("sqlite")).isInstanceOf(LockException.class);
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> engine.moveStore("sqlite")).isInstanceOf(InterruptedException.class);
            assertThat(Files.readString(workspace.resolve(".autosync/store.json"))).contains("\"json\"");
            assertThat(engine.sync().warnings()).isEmpty();
        }
    }

    @Test
    void isRefusedWhereItMakesNoSense() throws Exception {
        try (SyncEngine given = SyncEngine.builder(workspace).tests(suite).store(store).build()) {
            assertCode(given, "sqlite", ErrorCode.ENGINE_MISUSED);
        }
        SyncEngine closed = builder().build();
        assertCode(closed, "sqlit", ErrorCode.PLUGIN_UNKNOWN);
        closed.close();
        assertCode(closed, "sqlite", ErrorCode.ENGINE_MISUSED);
    }

    @Test
    void isRefusedInTheMiddleOfACycle() throws Exception {
        SyncEngine[] engine = new SyncEngine[1];
        Throwable[] thrown = new Throwable[1];
        ProgressListener listener = progress -> {
            if (thrown[0] == null && engine[0] != null) {
                try {
                    engine[0].moveStore("sqlite");
                } catch (AutoSyncException | InterruptedException e) {
                    thrown[0] = e;
                }
            }
        };
        engine[0] = builder().listener(listener).build();
        try (SyncEngine opened = engine[0]) {
            opened.sync();
        }
        assertThat(thrown[0]).isInstanceOfSatisfying(AutoSyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_MISUSED));
    }

    private static void assertCode(SyncEngine engine, String name, ErrorCode code) {
        assertThatThrownBy(() -> engine.moveStore(name))
                .isInstanceOfSatisfying(AutoSyncException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private SyncEngine.Builder builder() {
        return SyncEngine.builder(workspace).tests(suite).patches(PatchBatch.of(APPEND));
    }

    private SyncReport sync(String name) throws InterruptedException {
        try (SyncEngine engine = builder().store(name).build()) {
            return engine.sync();
        }
    }

    private List<Path> temporaries() throws IOException {
        try (var files = Files.walk(workspace)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    private List<StoredEvent> events(String name) {
        try (Store opened = Stores.open(workspace, name)) {
            return opened.read(EventQuery.all());
        }
    }
}
