package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.InMemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mirror has what the store has at the end of each cycle, and what hinders it fails no cycle. */
class MirrorTest extends CycleFixture {
    private Path mirror;

    @BeforeEach
    void aTest() throws Exception {
        mirror = workspace.resolve(".autosync/store/mirror");
        Files.writeString(workspace.resolve("t.txt"), "ok");
    }

    @Test
    void followsTheStoreFromCycleToCycle() throws Exception {
        assertThat(sync("sqlite").warnings()).isEmpty();
        List<StoredEvent> first = events();
        assertThat(mirrored()).isNotEmpty().isEqualTo(first);

        sync("sqlite");
        assertThat(mirrored()).isEqualTo(events()).startsWith(first.toArray(StoredEvent[]::new)).hasSizeGreaterThan(first.size());
    }

    @Test
    void followsAStoreOfTheCallersOwnToo() throws Exception {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(store).mirror(true).build()) {
            assertThat(engine.sync().warnings()).isEmpty();
        }
        assertThat(mirrored()).isEqualTo(store.read(EventQuery.all()));
    }

    @Test
    void isConfiguredInTheSectionOfTheStore() throws Exception {
        Files.createDirectory(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), "{\"version\": 1, \"store\": {\"type\": \"sqlite\", \"mirror\": true}}");
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(suite).build()) {
            assertThat(engine.sync().warnings()).isEmpty();
        }
        assertThat(mirrored()).isNotEmpty().isEqualTo(events());
    }

    @Test
    void isNotMadeOfAHistoryThatIsJsonAnyway() throws Exception {
        assertThat(sync("json").warnings()).isEmpty();
        assertThat(mirror).doesNotExist();
    }

    @Test
    void wantsTheJsonStoreToBeThereBeforeAnythingIsOpened() {
        assertThatThrownBy(() -> SyncEngine.builder(workspace).tests(suite).store(store).mirror(true).discoverPlugins(false).build())
                .isInstanceOfSatisfying(AutoSyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_UNKNOWN))
                .hasMessageContaining("dev.autosync:autosync-store-json");
    }

    @Test
    void isLeftAloneWithAWarningIfItHoldsAnotherHistory() throws Exception {
        Files.createDirectories(mirror.getParent());
        Event foreign = Event.of("c", "k", "foreign", Instant.EPOCH, Map.of(), "{}");
        try (Store other = jsonStore(mirror)) {
            other.append(new FencingToken(1), List.of(foreign));
        }

        SyncReport report = sync("sqlite");
        assertThat(report.green()).isTrue();
        assertThat(report.warnings()).singleElement().asString().contains("holds another history", "Move the copy away");
        assertThat(mirrored()).extracting(StoredEvent::event).containsExactly(foreign);

        Files.move(mirror, outside.resolve("away"));
        assertThat(sync("sqlite").warnings()).isEmpty();
        assertThat(mirrored()).isEqualTo(events());
    }

    @Test
    void goesOnWhereACallWasCut() throws Exception {
        for (int i = 0; i < 7; i++) {
            append(store, 1 + i / 2, i);
        }
        List<StoredEvent> all = store.read(EventQuery.all());
        for (int cut = 0; cut <= all.size(); cut++) {
            try (InMemoryStore copy = new InMemoryStore()) {
                all.subList(0, cut).forEach(stored -> copy.append(stored.token(), List.of(stored.event())));
                assertThat(Stores.mirror(store, copy)).isEqualTo(all.size() - cut);
                assertThat(copy.read(EventQuery.all())).isEqualTo(all);
                assertThat(Stores.mirror(store, copy)).as("there is nothing more to do").isZero();
            }
        }
    }

    @Test
    void readsOfTheSourceOnlyItsEndAndWhatIsNew() throws Exception {
        CompactingStore source = new CompactingStore();
        IntStream.range(0, 5000).forEach(i -> append(source, 1, i));
        try (InMemoryStore copy = new InMemoryStore()) {
            Stores.mirror(source, copy);
            append(source, 2, 5000);
            long before = source.eventsRead;
            assertThat(Stores.mirror(source, copy)).isEqualTo(1);
            assertThat(source.eventsRead - before).as("its last event, that of the copy, and what is new").isEqualTo(3);
        }
    }

    @Test
    void findsTheEndOfACopyThatIsFarBehind() throws Exception {
        IntStream.range(0, 5000).forEach(i -> append(store, 1, i));
        try (InMemoryStore copy = new InMemoryStore()) {
            append(copy, 1, 0);
            assertThat(Stores.mirror(store, copy)).isEqualTo(4999);
            assertThat(copy.read(EventQuery.all())).isEqualTo(store.read(EventQuery.all()));
        }
    }

    @Test
    void refusesACopyThatIsAheadOfItsSource() {
        try (InMemoryStore copy = new InMemoryStore()) {
            append(store, 1, 1);
            append(copy, 1, 1);
            append(copy, 1, 2);
            assertThatThrownBy(() -> Stores.mirror(store, copy)).isInstanceOf(StoreException.class).hasMessageContaining("another history");
        }
    }

    @Test
    void refusesToLeaveAGapForWhatTheSourceHasRemoved() throws Exception {
        CompactingStore source = new CompactingStore();
        for (int i = 0; i < 6; i++) {
            append(source, 1, i);
        }
        try (InMemoryStore ended = new InMemoryStore(); InMemoryStore gone = new InMemoryStore()) {
            append(ended, 1, 0);
            append(gone, 1, 0);
            append(gone, 1, 1);
            source.remove(Set.of(2L, 3L));
            assertThatThrownBy(() -> Stores.mirror(source, ended)).hasMessageContaining("has removed event 2, which the copy never had");
            assertThatThrownBy(() -> Stores.mirror(source, gone)).hasMessageContaining("has removed event 2, the last one of the copy");
            assertThat(ended.read(EventQuery.all())).hasSize(1);
            assertThat(gone.read(EventQuery.all())).hasSize(2);
        }
    }

    @Test
    void isInterruptible() {
        append(store, 1, 0);
        try (InMemoryStore copy = new InMemoryStore()) {
            append(copy, 1, 0);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Stores.mirror(store, copy)).isInstanceOf(InterruptedException.class);
        }
    }

    private static void append(Store store, long token, int number) {
        store.append(new FencingToken(token), List.of(Event.of("c", "k", "e" + number, Instant.EPOCH.plusSeconds(number), Map.of(), "{}")));
    }

    private SyncReport sync(String name) throws InterruptedException {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(name).mirror(true).build()) {
            return engine.sync();
        }
    }

    private List<StoredEvent> events() {
        try (Store opened = Stores.open(workspace, "sqlite")) {
            return opened.read(EventQuery.all());
        }
    }

    private List<StoredEvent> mirrored() {
        try (Store opened = jsonStore(mirror)) {
            return opened.read(EventQuery.all());
        }
    }
}
