package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can go wrong in a cycle: interrupts, plugins, stores, other people's edits, processes that died. */
class CycleFailuresTest extends CycleFixture {
    @Test
    void blamesNobodyWhenTheTestsCannotBeRun() throws Exception {
        List<Patch> patches = patches(3);
        Map<String, String> before = tree();
        TestSuite broken = context -> {
            throw new IllegalStateException("no runner\u001b[2J");
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(broken).store(store).patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(3);
            assertThat(report.batch().outcomes().get(0).reason()).contains("no runner").doesNotContain("\u001b");
            assertThat(tree()).isEqualTo(before);
        }
    }

    @Test
    void undoesTheBatchWhenItIsInterrupted() throws Exception {
        List<Patch> patches = patches(4, 2);
        Map<String, String> before = tree();
        TestSuite interrupted = context -> {
            if (!tree().equals(before)) {
                throw new InterruptedException("as a listener's cancel would");
            }
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(interrupted).store(store).patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(InterruptedException.class);
            assertThat(tree()).isEqualTo(before);
            assertThat(store.read(EventQuery.all().kind("cycle"))).extracting(e -> e.event().subject()).containsExactly("failed");
        }
    }

    @Test
    void leavesTheEditOfSomebodyElseAloneAndUndoesTheRest() throws Exception {
        List<Patch> patches = patches(4, 2);
        TestSuite meddled = context -> {
            TestRun run = suite.run(context);
            if (!run.green()) {
                write(workspace.resolve("f0.txt"), "theirs");
            }
            return run;
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(meddled).store(store).patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).hasMessageContaining("f0.txt").hasMessageContaining("AS-1305");
            assertThat(workspace.resolve("f0.txt")).hasContent("theirs");
            assertThat(workspace.resolve("f1.txt")).hasContent("old 1\n");
        }
    }

    @Test
    void landsWhatWasSeenGreenWhenTheSearchCannotGoOn() throws Exception {
        List<Patch> patches = patches(8, 6);
        TestSuite dies = context -> {
            if (Files.exists(workspace.resolve(".autosync")) && suite.runs == 3) {
                return TestRun.of(Verdict.NOT_RUN, "the runner is lost", List.of(), Duration.ZERO);
            }
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(dies).store(store).patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).extracting(o -> o.patch().id())
                    .containsExactly("p0", "p1", "p2", "p3");
            assertThat(report.batch().outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(4);
            assertThat(report.batch().outcomes(PatchOutcome.Kind.BLAMED)).isEmpty();
        }
    }

    @Test
    void isNotFailedByAReporterOrAListenerThatThrows() throws Exception {
        List<Patch> patches = patches(1);
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches))
                .listener(progress -> {
                    throw new IllegalStateException("listener");
                })
                .reporter((report, output) -> {
                    throw new IllegalStateException("reporter");
                })
                .reporter("markdown").build()) {
            SyncReport report = engine.sync();
            assertThat(report.green()).isTrue();
            assertThat(report.warnings()).anyMatch(warning -> warning.contains("reporter"));
            assertThat(report.files()).hasSize(1);
        }
    }

    @Test
    void recordsWhatHasLandedInTheNextCycleIfTheStoreFails() throws Exception {
        List<Patch> patches = patches(1);
        boolean[] down = {true};
        Store flaky = new FailingStore(store, events -> down[0]);
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(flaky).patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(StoreException.class);
            assertThat(workspace.resolve("f0.txt")).hasContent("new 0");
            down[0] = false;
            SyncReport next = engine.sync();

            assertThat(next.warnings()).anyMatch(warning -> warning.contains("was final and was kept"));
            assertThat(store.read(EventQuery.all().kind("patch").subject("p0"))).extracting(e -> e.event().payload())
                    .first().asString().contains("\"applied\"");
            assertThat(next.batch().outcome("p0").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.ALREADY_APPLIED);
        }
    }

    @Test
    void tellsInTheFirstReportWhatWasRecoveredWhenItWasOpened() throws Exception {
        List<Patch> patches = patches(1);
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).patches(PatchBatch.of(patches))
                .store(new FailingStore(store, events -> true)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(StoreException.class);
        }
        try (SyncEngine engine = engine(patches)) {
            assertThat(engine.sync().warnings()).anyMatch(warning -> warning.contains("was final and was kept"));
            assertThat(engine.sync().warnings()).isEmpty();
        }
    }

    @Test
    void goesOnAfterADeathInTheFirstWriteToTheJournal() throws Exception {
        List<Patch> patches = patches(1);
        Files.createDirectory(workspace.resolve(".autosync"));
        Files.write(workspace.resolve(".autosync/journal"), new byte[] {'A', 'S', 'W', '1', 1, 0});
        try (SyncEngine engine = engine(patches)) {
            assertThat(engine.sync().batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(1);
        }
    }

    @Test
    void landsNothingTwiceWhenOnlyOneAppendHasFailed() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]\n");
        Patch append = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");
        List<List<Event>> failed = new ArrayList<>();
        Store flaky = new FailingStore(store, events -> failed.isEmpty() && events.size() > 1 && failed.add(events));
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(flaky).patches(PatchBatch.of(List.of(append))).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(StoreException.class);

            assertThat(engine.sync().batch().outcome("append").orElseThrow().reason()).contains("landed in cycle");
        }
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]\n");
    }

    @Test
    void remembersNoGreenOfATreeThatChangedWhileItWasTested() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "BAD");
        TestSuite repaired = new TestSuite() {
            @Override
            public TestRun run(dev.autosync.testing.TestContext context) throws InterruptedException {
                if (suite.runs == 0) {
                    write(workspace.resolve("f.txt"), "good");
                }
                return suite.run(context);
            }

            @Override
            public String fingerprint() {
                return suite.fingerprint();
            }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(repaired).store(store).build()) {
            engine.sync();
            Files.writeString(workspace.resolve("f.txt"), "BAD");

            assertThat(engine.sync().green()).isFalse();
        }
    }

    @Test
    void keepsTheEditOfAFileThatWasReadForAPlanLongAgo() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old f\n");
        Files.writeString(workspace.resolve("g.txt"), "old g\n");
        Patch bad = Patch.write("bad", "g.txt", "BAD\n".getBytes());
        Patch both = Patch.unifiedDiff("both", """
                --- a/f.txt
                +++ b/f.txt
                @@ -1 +1 @@
                -old f
                +new f
                --- a/g.txt
                +++ b/g.txt
                @@ -1 +1 @@
                -old g
                +new g
                """);
        TestSuite meddled = context -> {
            TestRun run = suite.run(context);
            if (!run.green()) {
                write(workspace.resolve("f.txt"), "theirs");
            }
            return run;
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(meddled).store(store).patches(PatchBatch.of(List.of(bad, both))).build()) {
            assertThatThrownBy(engine::sync).hasMessageContaining("f.txt").hasMessageContaining("AS-1305");
        }
        assertThat(workspace.resolve("f.txt")).hasContent("theirs");
        assertThat(workspace.resolve("g.txt")).hasContent("old g\n");
    }

    @Test
    void takesAnErrorOfAPluginForAFailureOfThatPluginAlone() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        for (Error error : new Error[] {new AssertionError("plugin"), new NoClassDefFoundError("plugin"), new StackOverflowError("plugin")}) {
            dev.autosync.spi.PatchFormat format = new dev.autosync.spi.PatchFormat() {
                @Override
                public String name() {
                    return "mine";
                }

                @Override
                public dev.autosync.spi.PatchPlan plan(Patch patch, dev.autosync.spi.FileTree tree, dev.autosync.patch.PatchLimits limits) {
                    throw error;
                }
            };
            Patch good = Patch.write("good", "n.txt", error.toString().getBytes());
            try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(store).patchFormat(format)
                    .patches(PatchBatch.of(List.of(Patch.builder("mine", "mine").build(), good)))
                    .listener(progress -> {
                        throw error;
                    })
                    .reporter((report, output) -> {
                        throw error;
                    }).build()) {
                SyncReport report = engine.sync();
                assertThat(report.batch().outcome("mine").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.REFUSED);
                assertThat(report.batch().outcome("good").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
                assertThat(report.warnings()).anyMatch(warning -> warning.contains("plugin"));
            }
            TestSuite broken = context -> {
                throw error;
            };
            try (SyncEngine engine = SyncEngine.builder(workspace).tests(broken).store(store).build()) {
                assertThat(engine.sync().green()).isFalse();
            }
        }
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(context -> null).store(store).build()) {
            assertThat(engine.sync().batch().baseline().orElseThrow().verdict()).isEqualTo(Verdict.NOT_RUN);
        }
    }

    @Test
    void refusesACycleAndACloseWithinACycle() throws Exception {
        List<Throwable> refusals = new ArrayList<>();
        SyncEngine[] self = {null};
        TestSuite within = context -> {
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call
                    : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(() -> self[0].sync(), () -> self[0].close())) {
                refusals.add(org.assertj.core.api.Assertions.catchThrowable(call));
            }
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(within).store(store).lockWait(Duration.ofDays(1))
                .patches(PatchBatch.of(patches(1))).build()) {
            self[0] = engine;
            assertThat(engine.sync().green()).isTrue();
        }
        assertThat(refusals).isNotEmpty().allSatisfy(e -> assertThat(e).hasMessageContaining("AS-1601"));
    }

    @Test
    void refusesAPathThatTheSystemCannotHoldAndTakesTheRest() throws Exception {
        List<Patch> patches = new ArrayList<>(patches(1));
        patches.add(Patch.write("deep", "d/".repeat(2040) + "x", "x".getBytes()));
        try (SyncEngine engine = engine(patches)) {
            SyncReport report = engine.sync();
            assertThat(report.batch().outcome("deep").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.REFUSED);
            assertThat(report.batch().outcome("p0").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        }
    }
}
