package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.LockException;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.testing.TestSuite;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An engine from which the workspace is taken in the middle of a cycle, and which goes on after all. */
class LostWorkspaceTest extends CycleFixture {

    @Test
    void writesNothingMoreAndLeavesTheRestToTheNextHolder() throws Exception {
        List<Patch> patches = patches(3);
        Map<String, String> before = tree();
        SyncReport[] next = new SyncReport[1];
        TestSuite late = context -> {
            if (next[0] == null && !tree().equals(before)) {
                WorkspaceLock.of(workspace).force().close();
                try (SyncEngine other = SyncEngine.builder(workspace).tests(suite).store(store).build()) {
                    next[0] = other.sync();
                }
                assertThat(tree()).isEqualTo(before);
                write(workspace.resolve("f0.txt"), "theirs");
            }
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(late).store(store).patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOfSatisfying(LockException.class, lost -> {
                assertThat(lost.code()).isEqualTo(ErrorCode.WORKSPACE_LOST);
                assertThat(lost.owner()).isPresent();
            });
            assertThat(next[0].warnings()).anyMatch(warning -> warning.contains("its batch was undone"));
            assertThat(workspace.resolve("f0.txt")).hasContent("theirs");
            assertThat(workspace.resolve("f1.txt")).hasContent("old 1\n");
            assertThat(workspace.resolve(".autosync/journal")).isEmptyFile();
            assertThat(Files.exists(workspace.resolve(".autosync/conflicts"))).isFalse();
            assertThat(store.read(EventQuery.all().kind("landed"))).isEmpty();

            write(workspace.resolve("f0.txt"), "old 0\n");
            assertThat(engine.sync().green()).isTrue();
            assertThat(workspace.resolve("f1.txt")).hasContent("new 1\n");
        }
    }

    @Test
    void recordsNothingOnceItsStoreHasGrantedTheWorkspaceToAnother() throws Exception {
        List<Patch> patches = patches(1);
        TestSuite late = context -> {
            WorkspaceLock.of(workspace).force().close();
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(late).store("json").patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(LockException.class).hasMessageContaining("AS-1306");
        }
        try (Store history = Stores.open(workspace, "json")) {
            assertThat(history.read(EventQuery.all())).isEmpty();
            assertThat(history.lastToken()).contains(new FencingToken(2));
            assertThatThrownBy(() -> history.append(new FencingToken(1), List.of(Event.of("c", "k", "s", Instant.EPOCH, Map.of(), "{}"))))
                    .hasMessageContaining("AS-1403");
        }
    }
}
