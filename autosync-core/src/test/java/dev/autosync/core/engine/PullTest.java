package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Source;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What connectors bring: it lands like any other patch, and what is wrong with it is its connector's failure alone. */
class PullTest extends CycleFixture {
    private final OtherSide other = new OtherSide();

    @BeforeEach
    void aGreenWorkspace() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old");
    }

    @Test
    void landsWhatAConnectorBringsUnderTheConnectorsName() throws Exception {
        other.queue.add(write("first", "f.txt", "new"));
        other.queue.add(Patch.builder("second", "write-file").target("g.txt").content("g").needs("first").build());
        try (SyncEngine engine = engine()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).extracting(o -> o.patch().id())
                    .containsExactly("inbox/first", "inbox/second");
            assertThat(report.warnings()).isEmpty();
        }
        assertThat(tree()).containsEntry("f.txt", "new").containsEntry("g.txt", "g");
    }

    @Test
    void pullsOnFromWhereItHasEndedInAnotherProcessToo() throws Exception {
        other.queue.add(write("first", "f.txt", "new"));
        try (SyncEngine engine = engine()) {
            engine.sync();
        }
        other.queue.add(write("second", "f.txt", "newer"));
        try (SyncEngine engine = engine()) {
            assertThat(engine.sync().batch().outcomes()).extracting(o -> o.patch().id()).containsExactly("inbox/second");
            assertThat(engine.sync().batch().outcomes()).isEmpty();
        }
        assertThat(store.read(EventQuery.all().kind("cursor").subject("inbox"))).hasSize(2);
    }

    @Test
    void pullsAgainWhatCouldNotBeDecided() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "BAD");
        other.queue.add(write("first", "g.txt", "g"));
        try (SyncEngine engine = engine()) {
            assertThat(engine.sync().batch().outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(1);
            assertThat(store.read(EventQuery.all().kind("cursor"))).as("the cursor has not moved").isEmpty();

            Files.writeString(workspace.resolve("f.txt"), "repaired");
            assertThat(engine.sync().batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
            assertThat(engine.sync().batch().outcomes()).isEmpty();
        }
    }

    @Test
    void doesNotPullAgainWhatWasBlamed() throws Exception {
        other.queue.add(write("bad", "f.txt", "BAD"));
        try (SyncEngine engine = engine()) {
            assertThat(engine.sync().batch().outcomes(PatchOutcome.Kind.BLAMED)).hasSize(1);
            assertThat(engine.sync().batch().outcomes()).isEmpty();
        }
    }

    @Test
    void takesNothingFromAConnectorThatContradictsItself() throws Exception {
        other.queue.add(write("same", "f.txt", "new"));
        other.queue.add(write("same", "g.txt", "new"));
        try (SyncEngine engine = builder().patches(PatchBatch.of(write("own", "h.txt", "h"))).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes()).extracting(o -> o.patch().id()).containsExactly("own");
            assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
            assertThat(report.warnings()).singleElement().asString().contains("'inbox'", "two patches the id 'same'", "AS-1703");
        }
    }

    @Test
    void takesNothingFromAConnectorThatHidesThatItWasRefused() throws Exception {
        Source hiding = new Source() {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) {
                patches.accept(write("same", "f.txt", "new"));
                try {
                    patches.accept(write("same", "g.txt", "new"));
                } catch (ConnectorException e) {
                    return PullResult.changes(Cursor.of("hidden"));
                }
                return PullResult.unchanged();
            }

            @Override
            public CheckResult check() {
                return CheckResult.ok();
            }

            @Override
            public void close() {}
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(store).connector("hiding", hiding).build()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("AS-1703");
        }
        assertThat(store.read(EventQuery.all().kind("cursor"))).isEmpty();
    }

    @Test
    void takesNothingFromAConnectorWhosePatchesNeedWhatItDoesNotGive() throws Exception {
        other.queue.add(Patch.builder("lonely", "write-file").target("g.txt").content("g").needs("nobody").build());
        try (SyncEngine engine = engine()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("'inbox/nobody'", "AS-1703");
        }
    }

    @Test
    void takesNothingFromAConnectorWhoseNamesAreTaken() throws Exception {
        other.queue.add(write("fix", "f.txt", "theirs"));
        try (SyncEngine engine = builder().patches(PatchBatch.of(write("inbox/fix", "f.txt", "ours"))).build()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("'inbox/fix'", "were not taken");
        }
        assertThat(tree()).containsEntry("f.txt", "ours");
        assertThat(store.read(EventQuery.all().kind("cursor"))).as("the cursor has not moved").isEmpty();
    }

    @Test
    void goesOnWithoutAConnectorThatFailsAndAsksItAgain() throws Exception {
        other.queue.add(write("first", "g.txt", "g"));
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach it", null));
        other.pullFailures.add(new IllegalStateException("a mistake\nof two lines"));
        try (SyncEngine engine = builder().retry(RetryPolicy.immediate().attempts(1)).patches(PatchBatch.of(write("own", "h.txt", "h"))).build()) {
            SyncReport first = engine.sync();
            assertThat(first.batch().outcomes(PatchOutcome.Kind.APPLIED)).extracting(o -> o.patch().id()).containsExactly("own");
            assertThat(first.warnings()).singleElement().asString().contains("Cannot reach it", "AS-1701");
            assertThat(engine.sync().warnings()).singleElement().asString().contains("a mistake", "AS-1503").doesNotContain("\n");
            assertThat(engine.sync().batch().outcome("inbox/first").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        }
        assertThat(store.read(EventQuery.all().kind("pull"))).extracting(e -> e.event().payload())
                .anyMatch(payload -> payload.contains("\"failed\"") && payload.contains("AS-1701"));
    }

    @Test
    void asksAConnectorAgainThatFailsForTheMoment() throws Exception {
        other.queue.add(write("first", "g.txt", "g"));
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach it", null));
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "it asks to wait", Duration.ofMillis(1), null));
        try (SyncEngine engine = builder().retry(RetryPolicy.exponential(Duration.ofMillis(1)).attempts(3)).build()) {
            SyncReport report = engine.sync();
            assertThat(report.batch().outcome("inbox/first").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
            assertThat(report.warnings()).isEmpty();
        }
    }

    @Test
    void doesNotAskAgainWhatWouldAnswerTheSame() throws Exception {
        other.queue.add(write("first", "g.txt", "g"));
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_REFUSED, "no right to", null));
        try (SyncEngine engine = builder().retry(RetryPolicy.immediate()).build()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("no right to");
        }
    }

    @Test
    void waitsForNoConnectorThatAsksForMoreTimeThanThereIs() throws Exception {
        other.queue.add(write("first", "g.txt", "g"));
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "it asks to wait", Duration.ofHours(1), null));
        try (SyncEngine engine = builder().build()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("it asks to wait", "the deadline is in");
        }
    }

    @Test
    void mayAskAgainInEveryCycleHoweverManyCyclesNeededThat() throws Exception {
        try (SyncEngine engine = builder().retry(RetryPolicy.immediate().attempts(2)).build()) {
            for (int cycle = 0; cycle < 15; cycle++) {
                other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach it", null));
                assertThat(engine.sync().warnings()).isEmpty();
            }
        }
    }

    @Test
    void stopsAskingWhenItIsInterruptedBetweenAttempts() throws Exception {
        other.pullFailures.add(new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach it", null));
        try (SyncEngine engine = builder().retry(RetryPolicy.fixed(Duration.ofHours(1)).attempts(2)).build()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(engine::sync).isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void endsTheCycleWhenItIsInterruptedInAConnector() throws Exception {
        other.interruptPull = true;
        try (SyncEngine engine = builder().patches(PatchBatch.of(write("own", "f.txt", "new"))).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(InterruptedException.class);
        }
        assertThat(tree()).containsEntry("f.txt", "old");
    }

    @Test
    void leavesAConnectorOutUntilItsSetUpIsRight() throws Exception {
        other.check = CheckResult.problem("folder", "there is no such folder; create it");
        other.queue.add(write("first", "f.txt", "new"));
        try (SyncEngine engine = engine()) {
            assertThat(engine.sync().warnings()).singleElement().asString().contains("'inbox'", "folder: there is no such folder");
            assertThat(other.pulls).isZero();
            other.check = CheckResult.ok();
            assertThat(engine.sync().batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        }
        assertThat(other.closed).as("a connector of the caller's stays the caller's").isZero();
    }

    private SyncEngine engine() {
        return builder().build();
    }

    private SyncEngine.Builder builder() {
        return SyncEngine.builder(workspace).tests(suite).store(store).connector("inbox", other);
    }

    private static Patch write(String id, String path, String text) {
        return Patch.write(id, path, text.getBytes());
    }
}
