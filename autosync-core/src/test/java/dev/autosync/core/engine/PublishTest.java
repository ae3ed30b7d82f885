package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationResult;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed to the outside: exactly what the cycles did, once, and only when the state is stable. */
class PublishTest extends CycleFixture {
    private final OtherSide other = new OtherSide();
    private final List<Patch> patches = new ArrayList<>();

    @BeforeEach
    void aGreenWorkspace() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old");
        Files.writeString(workspace.resolve("g.txt"), "old");
        other.held.put("f.txt", FileContent.of("old").sha256());
        other.held.put("g.txt", FileContent.of("old").sha256());
    }

    @Test
    void publishesWhatHasLandedWhenEnoughCyclesInARowWereGreen() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        assertThat(cycle(3).publications()).isEmpty();
        assertThat(cycle(3).publications()).isEmpty();
        assertThat(cycle(3).publications()).extracting(result -> result.outcome().kind()).containsExactly(PublicationOutcome.Kind.APPLIED);

        assertThat(other.files("r1")).isEqualTo(Map.of("f.txt", "new"));
        assertThat(cycle(3).publications()).as("there is nothing more to publish").isEmpty();
    }

    @Test
    void publishesNothingAgainAndOnlyWhatIsNew() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        cycle(1);
        patches.add(write("q", "g.txt", "new"));
        patches.add(Patch.delete("r", "f.txt"));
        cycle(1);

        assertThat(other.files("r1")).isEqualTo(Map.of("f.txt", "new"));
        assertThat(other.files("r2")).isEqualTo(Map.of("f.txt", "(gone)", "g.txt", "new"));
        assertThat(other.revisions.get("r2").changes().get(0).beforeSha256()).isPresent();
    }

    @Test
    void publishesNothingWhileACycleWasRed() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        cycle(2);
        Files.writeString(workspace.resolve("g.txt"), "BAD");
        cycle(2);
        Files.writeString(workspace.resolve("g.txt"), "old");
        cycle(2);
        assertThat(other.revisions).isEmpty();
        cycle(2);
        assertThat(other.revisions).hasSize(1);
    }

    @Test
    void publishesNothingWhileAnAlertIsOpen() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        TrendAnalyzer watching = TrendAnalyzer.builder().alerts(List.of(AlertRule.below("kpi:coverage", 80))).build();
        SyncReport low;
        try (SyncEngine engine = builder(1).trends(watching).kpi(Kpi.of("coverage", 70)).build()) {
            low = engine.sync();
        }
        assertThat(low.trends().alerts()).hasSize(1);
        assertThat(other.revisions).isEmpty();
        assertThat(low.summary()).contains("alert: ");
        try (SyncEngine engine = builder(1).trends(watching).kpi(Kpi.of("coverage", 90)).build()) {
            engine.sync();
        }
        assertThat(other.revisions).hasSize(1);
        assertThat(store.read(EventQuery.all().kind("alert"))).extracting(e -> e.event().payload().contains("\"open\""))
                .as("it was opened and closed").containsExactly(true, false);
    }

    @Test
    void doesNotPublishWhatSomebodyElseHasChangedSinceItWasTested() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        patches.add(write("q", "g.txt", "new"));
        cycle(2);
        Files.writeString(workspace.resolve("f.txt"), "somebody else's");
        SyncReport report = cycle(2);

        assertThat(report.publications()).singleElement().extracting(result -> result.outcome().kind())
                .isEqualTo(PublicationOutcome.Kind.CONFLICT);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("f.txt"));
        assertThat(other.revisions).isEmpty();
        assertThat(tree()).containsEntry("f.txt", "somebody else's");

        Files.writeString(workspace.resolve("f.txt"), "new");
        cycle(2);
        assertThat(other.files("r1")).as("the next cycle carries on").containsOnlyKeys("f.txt", "g.txt");
    }

    @Test
    void carriesOnWhenSomebodyElsesEditHasComeToTheOtherSideByItself() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        patches.add(write("q", "g.txt", "new"));
        cycle(2);
        Files.writeString(workspace.resolve("f.txt"), "somebody else's");
        other.held.put("f.txt", FileContent.of("somebody else's").sha256());
        assertThat(cycle(2).publications()).singleElement().extracting(result -> result.outcome().kind())
                .isEqualTo(PublicationOutcome.Kind.APPLIED);
        assertThat(other.held).containsEntry("g.txt", FileContent.of("new").sha256());
    }

    @Test
    void publishesNothingWhenTheHistoryCannotBeAnalysed() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        TrendAnalyzer broken = new TrendAnalyzer() {
            @Override
            public TrendReport analyze(List<StoredEvent> history) {
                throw new IllegalStateException("no idea");
            }

            @Override
            public TrendReport analyze(Store store) {
                throw new IllegalStateException("no idea");
            }
        };
        try (SyncEngine engine = builder(1).trends(broken).build()) {
            assertThat(engine.sync().warnings()).anyMatch(warning -> warning.contains("no idea"));
        }
        assertThat(other.revisions).isEmpty();
        cycle(1);
        assertThat(other.revisions).hasSize(1);
    }

    @Test
    void knowsAgainWhatArrivedBeforeTheProcessDied() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        cycleThatDiesAfterPublishing();
        patches.add(write("q", "g.txt", "new"));
        cycle(1);
        cycle(1);

        assertThat(other.files("r1")).isEqualTo(Map.of("f.txt", "new"));
        assertThat(other.files("r2")).as("not the first file once more").isEqualTo(Map.of("g.txt", "new"));
        assertThat(other.revisions).hasSize(2);
    }

    @Test
    void goesOnWithAFileOfWhichAnEarlierVersionArrivedBeforeTheProcessDied() throws Exception {
        patches.add(write("p", "f.txt", "one"));
        cycleThatDiesAfterPublishing();
        patches.add(write("q", "f.txt", "two"));
        SyncReport report = cycle(1);

        assertThat(report.publications()).extracting(result -> result.outcome().kind()).containsExactly(PublicationOutcome.Kind.APPLIED);
        assertThat(other.held).containsEntry("f.txt", FileContent.of("two").sha256());
    }

    @Test
    void isNotHarmedByASinkThatThrowsWhateverItIsAsked() throws Exception {
        Sink mad = new Sink() {
            @Override
            public boolean stableOnly() {
                throw new AssertionError("mad");
            }

            @Override
            public PublicationPlan plan(Publication publication) {
                throw new AssertionError("mad");
            }

            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) {
                throw new AssertionError("mad");
            }

            @Override
            public CheckResult check() {
                return CheckResult.ok();
            }

            @Override
            public void close() {}
        };
        patches.add(write("p", "f.txt", "new"));
        try (SyncEngine engine = builder(1).connector("mad", mad).build()) {
            assertThat(engine.sync().warnings()).anyMatch(warning -> warning.contains("'mad'"));
        }
        assertThat(other.revisions).as("the other one is served").hasSize(1);
        assertThat(store.read(EventQuery.all().kind("cycle"))).as("a cycle has one end").hasSize(1);
    }

    /** A cycle whose last append, with all that was published, is lost as when the process dies before. */
    private void cycleThatDiesAfterPublishing() throws InterruptedException {
        Store dying = new Store() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                if (!other.revisions.isEmpty()) {
                    throw new StoreException(ErrorCode.STORE_FAILED, "gone", null);
                }
                return store.append(token, events);
            }

            @Override
            public List<StoredEvent> read(EventQuery query) {
                return store.read(query);
            }

            @Override
            public Optional<FencingToken> lastToken() {
                return store.lastToken();
            }

            @Override
            public void close() {}
        };
        try (SyncEngine engine = builder(1).store(dying).build()) {
            assertThat(engine.sync().warnings()).isNotEmpty();
        }
    }

    @Test
    void doesNotPublishAnEditOfSomebodyElseAsPartOfAPatchThatCameLater() throws Exception {
        patches.add(write("p", "f.txt", "one"));
        cycle(9);
        Files.writeString(workspace.resolve("f.txt"), "edited");
        patches.add(write("q", "f.txt", "two"));
        cycle(1);
        assertThat(other.revisions).as("the edit is not there, so this is not what was tested").isEmpty();

        other.held.put("f.txt", FileContent.of("edited").sha256());
        cycle(1);
        assertThat(other.revisions.get("r1").changes().get(0).beforeSha256()).as("what the file held before the patch that came later")
                .contains(FileContent.of("edited").sha256());
    }

    @Test
    void findsOutAfterALostReplyThatItHasArrived() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> {
            other.accept(publication);
            return PublicationOutcome.Unknown.of("the connection broke");
        });
        PublicationResult result = cycle(1).publications().get(0);

        assertThat(result.outcome().kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
        assertThat(other.revisions).hasSize(1);
        assertThat(cycle(1).publications()).isEmpty();
    }

    @Test
    void triesAgainAfterALostReplyThatItHasNotArrived() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> PublicationOutcome.Unknown.of("the connection broke"));
        PublicationResult result = cycle(1).publications().get(0);

        assertThat(result.outcome().kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(other.revisions).hasSize(1);
    }

    @Test
    void triesAgainWhenNothingWasSentAndNotWhenNobodyKnows() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> {
            throw new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach it", null);
        });
        PublicationResult again = cycle(1).publications().get(0);
        assertThat(again.outcome().kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
        assertThat(again.attempts()).isEqualTo(2);

        patches.add(write("q", "g.txt", "new"));
        other.accidents.add(publication -> {
            throw new AutoSyncException(ErrorCode.WORKSPACE_BUSY, "it may have been sent");
        });
        PublicationResult unknown = cycle(1).publications().get(0);
        assertThat(unknown.outcome().kind()).isEqualTo(PublicationOutcome.Kind.UNKNOWN);
        assertThat(unknown.attempts()).isEqualTo(1);
    }

    @Test
    void carriesOnInTheNextCycleWhenSomebodyWasFirst() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> PublicationOutcome.Conflict.of("abc", "somebody was first"));
        SyncReport report = cycle(1);
        assertThat(report.green()).isTrue();
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("somebody was first"));

        patches.add(write("q", "g.txt", "new"));
        cycle(1);
        assertThat(other.files("r1")).containsOnlyKeys("f.txt", "g.txt");
    }

    @Test
    void goesOnWhenASinkThrows() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> {
            throw new ConnectorException(ErrorCode.CONNECTOR_REFUSED, "Cannot push: the token has no right to", null);
        });
        other.accidents.add(publication -> {
            throw new StackOverflowError("deep");
        });
        SyncReport refused = cycle(1);
        assertThat(refused.green()).isTrue();
        assertThat(refused.publications()).extracting(result -> result.outcome().kind()).containsExactly(PublicationOutcome.Kind.REJECTED);
        assertThat(refused.warnings()).anyMatch(warning -> warning.contains("AS-1702"));
        assertThat(cycle(1).publications()).extracting(result -> result.outcome().kind()).containsExactly(PublicationOutcome.Kind.UNKNOWN);
        cycle(1);
        assertThat(other.revisions).hasSize(1);
    }

    @Test
    void handsTheReportsOfEveryCycleToASinkThatWantsThem() throws Exception {
        other.stableOnly = false;
        Files.writeString(workspace.resolve("g.txt"), "BAD");
        SyncReport report = cycle(3);

        assertThat(report.green()).isFalse();
        assertThat(other.revisions.get("r1").reports()).containsExactlyElementsOf(report.files()).isNotEmpty();
        assertThat(other.revisions.get("r1").stable()).isFalse();
    }

    @Test
    void startsOneRunForEachRevisionAndAsksUntilItHasEnded() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        SyncReport published = cycle(1);
        assertThat(published.publications().get(0).ciRun().map(CiRun::id)).contains("run-1");
        cycle(1);
        assertThat(other.triggered).containsExactly("r1");
        assertThat(other.marked).containsExactly("r1 true");

        other.runState = CiRun.State.UNKNOWN;
        cycle(1);
        other.runState = CiRun.State.FAILURE;
        assertThat(cycle(1).warnings()).anyMatch(warning -> warning.contains("run-1") && warning.contains("failed"));
        int asked = other.statusAsked;
        assertThat(cycle(1).warnings()).isEmpty();
        assertThat(other.statusAsked).as("a run that has ended is not asked for again").isEqualTo(asked);

        patches.add(write("q", "g.txt", "new"));
        cycle(1);
        assertThat(other.triggered).containsExactly("r1", "r2");
    }

    @Test
    void stopsPublishingWhenItIsInterruptedAndKeepsTheCycle() throws Exception {
        patches.add(write("p", "f.txt", "new"));
        other.accidents.add(publication -> {
            Thread.currentThread().interrupt();
            return PublicationOutcome.Retry.of(Duration.ZERO, "busy");
        });
        SyncReport report = cycle(1);

        assertThat(Thread.interrupted()).as("the interrupt is left for the caller").isTrue();
        assertThat(report.green()).isTrue();
        assertThat(tree()).containsEntry("f.txt", "new");
    }

    /** One cycle of a new engine: what it knows it has from the history. */
    private SyncReport cycle(int greenCycles) throws InterruptedException {
        try (SyncEngine engine = builder(greenCycles).build()) {
            return engine.sync();
        }
    }

    private SyncEngine.Builder builder(int greenCycles) {
        return SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches)).connector("forge", other)
                .stableAfter(greenCycles);
    }

    private static Patch write(String id, String path, String text) {
        return Patch.write(id, path, text.getBytes());
    }
}
