package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.Hold;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.retry.Deadline;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import dev.autosync.spi.StoredEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history goes where the configuration says: another store has all of it, and what has landed is not forgotten. */
class StoreChoiceTest extends CycleFixture {
    private static final Patch APPEND = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");

    @BeforeEach
    void aList() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]");
    }

    @Test
    void movesWithItsEventsThereAndBack() throws Exception {
        sync("json");
        List<StoredEvent> before = events("json");
        sync("sqlite");
        assertThat(events("sqlite")).startsWith(before.toArray(StoredEvent[]::new)).hasSizeGreaterThan(before.size());
        sync("json");
        assertThat(events("json")).startsWith(events("sqlite").toArray(StoredEvent[]::new));
    }

    @Test
    void doesNotApplyAgainWhatHasLandedUnderAnotherStore() throws Exception {
        sync("json");
        sync("sqlite");
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void isNotMovedAgainWhenAnotherEngineHasDoneThatMeanwhile() throws Exception {
        sync("json");
        FutureTask<SyncEngine> second = new FutureTask<>(() -> SyncEngine.builder(workspace).tests(suite).store("sqlite")
                .lockWait(Duration.ofMinutes(1)).build());
        Thread thread = new Thread(second);
        try (Hold hold = WorkspaceLock.of(workspace).acquire(Deadline.none()); Store json = Stores.open(workspace, "json");
                Store sqlite = Stores.open(workspace, "sqlite")) {
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            Stores.copy(json, sqlite);
            sqlite.append(hold.token(), List.of(Event.of("c", "k", "went on there", Instant.EPOCH, Map.of(), "{}")));
            write(workspace.resolve(".autosync/store.json"), "{\"version\": 1, \"type\": \"sqlite\"}");
        }
        second.get(1, TimeUnit.MINUTES).close();
        assertThat(events("sqlite")).last().extracting(e -> e.event().subject()).isEqualTo("went on there");
    }

    @Test
    void wouldApplyItAgainIfTheHistoryHadNotMoved() throws Exception {
        sync("json");
        try (Store fresh = Stores.open(workspace, "sqlite");
                SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(fresh).patches(PatchBatch.of(APPEND)).build()) {
            engine.sync();
        }
        assertThat(workspace.resolve("list.json")).as("the control: with a store of the caller's own it lands twice").hasContent("[1,2,2]");
    }

    @Test
    void findsTheHistoryWhereNobodyWroteDownWhichStoreHasIt() throws Exception {
        sync("json");
        Files.delete(workspace.resolve(".autosync/store.json"));
        sync("sqlite");
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void letsNoEngineGoOnInAStoreThatTheHistoryHasLeft() throws Exception {
        try (SyncEngine old = SyncEngine.builder(workspace).tests(suite).store("json").patches(PatchBatch.of(APPEND)).build()) {
            old.sync();
            sync("sqlite");
            assertThatThrownBy(old::sync).isInstanceOfSatisfying(AutoSyncException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                assertThat(e.getMessage()).contains("moved it to 'sqlite'");
            });
        }
        sync("sqlite");
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void keepsTheNewStoreWhenAMoveWasCutInTheMiddle() throws Exception {
        sync("json");
        List<StoredEvent> before = events("json");
        try (Store half = Stores.open(workspace, "sqlite")) {
            half.append(before.get(0).token(), before.subList(0, 2).stream().map(StoredEvent::event).toList());
        }
        sync("sqlite");
        assertThat(events("sqlite")).startsWith(before.toArray(StoredEvent[]::new));
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]");
    }

    @Test
    void refusesToMoveIntoAStoreWithAnotherHistoryAndChangesNothing() throws Exception {
        sync("json");
        try (Store other = Stores.open(workspace, "sqlite")) {
            other.append(new FencingToken(1), List.of(Event.of("c", "k", "another history",
                    Instant.EPOCH, Map.of(), "{}")));
        }
        assertThatThrownBy(() -> sync("sqlite")).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(events("sqlite")).hasSize(1);
        sync("json");
        assertThat(Files.readString(workspace.resolve(".autosync/store.json"))).contains("\"json\"");
    }

    @Test
    void saysWhichPluginIsMissingWhenTheOldStoreCannotBeRead() throws Exception {
        sync("json");
        Path choice = workspace.resolve(".autosync/store.json");
        Files.writeString(choice, Files.readString(choice).replace("json\"", "postgres\""));
        assertThatThrownBy(() -> sync("sqlite")).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_UNKNOWN);
            assertThat(e.getMessage()).contains("the store 'postgres'", "Cannot move the history");
        });
    }

    @Test
    void followsAnEngineThatWasTheFirstToChooseAStoreHere() throws Exception {
        Workspace here = Workspace.at(workspace);
        boolean[] once = {false};
        FilePort real = new RealFiles(workspace);
        FilePort files = (FilePort) Proxy.newProxyInstance(FilePort.class.getClassLoader(), new Class<?>[] {FilePort.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("createHardLink") && !once[0]) {
                once[0] = true;
                sync("json");
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        Plugins<StoreFactory> known = new Plugins<>("store", StoreFactory::name);
        ServiceLoader.load(StoreFactory.class).forEach(known::add);
        StoreChoice choice = new StoreChoice(here, files, new FileWorkspaceLock(here, real, Clock.systemUTC(), null, false), Duration.ofMinutes(1));

        choice.open("sqlite", () -> Stores.open(workspace, "sqlite"), known).store().close();

        assertThat(once[0]).isTrue();
        assertThat(events("sqlite")).isNotEmpty().isEqualTo(events("json"));
        assertThat(workspace.resolve(".autosync/store.json")).content().contains("sqlite");
        sync("sqlite");
        assertThat(workspace.resolve("list.json")).as("what had landed is known").hasContent("[1,2]");
    }

    private void sync(String name) throws InterruptedException {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(name).patches(PatchBatch.of(APPEND)).build()) {
            engine.sync();
        }
    }

    private List<StoredEvent> events(String name) {
        try (Store opened = Stores.open(workspace, name)) {
            return opened.read(EventQuery.all());
        }
    }
}
