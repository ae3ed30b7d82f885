package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What cycles keep, and going back to it. */
class KeptSnapshotsTest extends CycleFixture {
    private SyncEngine.Builder builder(List<Patch> patches) {
        return SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches));
    }

    @Test
    void goBackBehindACycle() throws Exception {
        List<Patch> patches = patches(3);
        Map<String, String> before = tree();
        try (SyncEngine engine = builder(patches).snapshotLimits(SnapshotLimits.ofDefaults().minFreeBytes(0)).build()) {
            SyncReport report = engine.sync();
            assertThat(tree()).containsEntry("f2.txt", "new 2");
            KeptSnapshot kept = engine.snapshots().list().get(0);
            assertThat(kept.cycle()).contains(report.cycle());
            assertThat(kept.summary().contentHash()).isEqualTo(report.before().contentHash());

            Snapshots snapshots = engine.snapshots();
            snapshots.restore(snapshots.preview(kept.id()));

            assertThat(tree()).isEqualTo(before);
            assertThat(engine.sync().warnings()).isEmpty();
            assertThat(tree()).as("what has landed is not taken on again").isEqualTo(before);
        }
    }

    @Test
    void writeNothingForACycleThatFindsWhatIsKept() throws Exception {
        try (SyncEngine engine = builder(patches(1)).snapshotLimits(SnapshotLimits.ofDefaults().minFreeBytes(0)).build()) {
            engine.sync();
            engine.sync();
            long bytes = packBytes();
            engine.sync();
            assertThat(packBytes()).isEqualTo(bytes);
            assertThat(engine.snapshots().list()).hasSize(2);
        }
    }

    private long packBytes() throws IOException {
        try (Stream<Path> all = Files.list(workspace.resolve(".autosync/snapshots"))) {
            return all.filter(file -> file.toString().endsWith(".pack")).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void areAWarningWhereThereIsNoRoom() throws Exception {
        try (SyncEngine engine = builder(patches(2)).snapshotLimits(SnapshotLimits.ofDefaults().minFreeBytes(1L << 60)).build()) {
            SyncReport report = engine.sync();

            assertThat(tree()).containsEntry("f1.txt", "new 1");
            assertThat(report.warnings()).singleElement().asString().contains("was not kept", "snapshot.minFreeBytes");
            assertThat(engine.snapshots().list()).isEmpty();
        }
    }

    @Test
    void areNoneWhereNobodyWantsThem() throws Exception {
        try (SyncEngine engine = builder(patches(2)).snapshotLimits(SnapshotLimits.ofDefaults().keep(0)).build()) {
            assertThat(engine.sync().warnings()).isEmpty();
            assertThat(packBytes()).isZero();
            assertThatThrownBy(() -> engine.snapshots().take("")).isInstanceOf(AutoSyncException.class).hasMessageContaining("snapshot.keep is 0");
        }
    }

    @Test
    void areNotToBeHadWithinACycleNorAfterTheEngineWasClosed() throws Exception {
        Snapshots[] snapshots = new Snapshots[1];
        List<ErrorCode> codes = new ArrayList<>();
        try (SyncEngine engine = builder(patches(1)).listener(progress -> {
            try {
                snapshots[0].take("within");
            } catch (AutoSyncException e) {
                codes.add(e.code());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }).build()) {
            snapshots[0] = engine.snapshots();
            engine.sync();
        }
        assertThat(codes).isNotEmpty().containsOnly(ErrorCode.ENGINE_MISUSED);
        assertThatThrownBy(() -> snapshots[0].take("after")).isInstanceOf(AutoSyncException.class)
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.ENGINE_MISUSED);
    }
}
