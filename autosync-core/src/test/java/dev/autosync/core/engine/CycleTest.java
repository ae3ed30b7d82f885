package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.CyclePhase;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import dev.autosync.trend.Kpi;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CycleTest extends CycleFixture {
    @Test
    void keepsGoodPatchesAndTakesOutExactlyTheBadOnes() throws Exception {
        List<Patch> patches = patches(16, 3, 8, 13);
        try (SyncEngine engine = engine(patches)) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.BLAMED)).extracting(o -> o.patch().id()).containsExactly("p3", "p8", "p13");
            assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(13);
            assertThat(report.green()).isTrue();
            for (int i = 0; i < 16; i++) {
                assertThat(workspace.resolve("f" + i + ".txt")).hasContent(List.of(3, 8, 13).contains(i) ? "old " + i + "\n" : "new " + i);
            }
        }
    }

    @Test
    void namesTheTestsThatConvictACulpritAndProvesTheRest() throws Exception {
        try (SyncEngine engine = engine(patches(8, 5))) {
            SyncReport report = engine.sync();

            PatchOutcome.Blamed culprit = (PatchOutcome.Blamed) report.batch().outcome("p5").orElseThrow();
            assertThat(culprit.blame().failures()).extracting(t -> t.id()).containsExactly("f5.txt");
            assertThat(report.batch().runs()).anySatisfy(run -> {
                assertThat(run.number()).isEqualTo(culprit.blame().runWith());
                assertThat(run.patches()).contains("p5");
                assertThat(run.run().verdict()).isEqualTo(Verdict.RED);
            });
            assertThat(report.batch().restored()).extracting(RestoredFile::path).containsExactly("f5.txt");
            assertThat(report.batch().restored()).allMatch(RestoredFile::same);
        }
    }

    @Test
    void runsTheTestsOnceWhenAllIsGoodAndTheWorkspaceIsKnown() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old");
        try (SyncEngine engine = engine(List.of())) {
            engine.sync();
            assertThat(suite.runs).isEqualTo(1);
            assertThat(engine.sync().green()).isTrue();
            assertThat(suite.runs).as("the same content is not tested again").isEqualTo(1);
        }
        try (SyncEngine engine = engine(List.of(Patch.write("p", "f.txt", "new".getBytes())))) {
            engine.sync();
            assertThat(suite.runs).isEqualTo(2);
            engine.sync();
            assertThat(suite.runs).as("the landed content is known to be green").isEqualTo(2);
        }
    }

    @Test
    void isNotGreenAndForgetsThatItWasIfTheSameContentIsRedWithoutAnyPatch() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old");
        boolean[] down = {false};
        int[] runs = {0};
        TestSuite outside = new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                runs[0]++;
                TestResult.Status status = down[0] ? TestResult.Status.FAILED : TestResult.Status.PASSED;
                return TestRun.of(down[0] ? Verdict.RED : Verdict.GREEN, "database", List.of(TestResult.of("t", status, Duration.ZERO, "")), Duration.ZERO);
            }

            @Override
            public String fingerprint() {
                return "outside";
            }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(outside).store(store).build()) {
            assertThat(engine.sync().green()).isTrue();
        }
        down[0] = true;
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(outside).store(store)
                .patches(PatchBatch.of(List.of(Patch.write("p", "f.txt", "new".getBytes())))).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.UNDECIDED);
            assertThat(report.green()).as("the last run of what is left was red").isFalse();
        }
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(outside).store(store).build()) {
            int before = runs[0];
            assertThat(engine.sync().green()).as("nor is it in the next cycle").isFalse();
            assertThat(runs[0]).isGreaterThan(before);
        }
    }

    @Test
    void doesNotApplyAPatchAgainThatHasLanded() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]\n");
        Patch append = Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]");
        try (SyncEngine engine = engine(List.of(append))) {
            assertThat(engine.sync().batch().outcome("append").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
            assertThat(engine.sync().batch().outcome("append").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.ALREADY_APPLIED);
        }
        try (SyncEngine later = engine(List.of(append))) {
            assertThat(later.sync().batch().outcome("append").orElseThrow().reason()).contains("landed in cycle");
        }
        assertThat(workspace.resolve("list.json")).hasContent("[1,2]\n");
    }

    @Test
    void dropsOnlyWhatNeedsTheCulprit() throws Exception {
        List<Patch> patches = new ArrayList<>(patches(4, 1));
        patches.add(Patch.unifiedDiff("on-top-of-culprit", """
                --- a/f1.txt
                +++ b/f1.txt
                @@ -1 +1 @@
                -BAD 1
                \\ No newline at end of file
                +BAD 1, and more
                \\ No newline at end of file
                """));
        patches.add(Patch.builder("needs-culprit", "write-file").target("n.txt").content("n").needs("p1").build());
        patches.add(Patch.builder("needs-good", "write-file").target("g.txt").content("g").needs("p2").build());
        try (SyncEngine engine = engine(patches)) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcome("p1").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.BLAMED);
            assertThat(report.batch().outcome("on-top-of-culprit").orElseThrow()).isInstanceOfSatisfying(PatchOutcome.Dropped.class,
                    dropped -> assertThat(dropped.because()).containsExactly("p1"));
            assertThat(report.batch().outcome("needs-culprit").orElseThrow()).isInstanceOfSatisfying(PatchOutcome.Dropped.class,
                    dropped -> assertThat(dropped.because()).containsExactly("p1"));
            assertThat(report.batch().outcome("needs-good").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
        }
    }

    @Test
    void refusesWhatWouldLeaveTheWorkspaceAndTakesTheRest() throws Exception {
        List<Patch> patches = new ArrayList<>(patches(1));
        patches.add(Patch.write("up", "../evil", "x".getBytes()));
        patches.add(Patch.write("absolute", "/tmp/autosync-evil", "x".getBytes()));
        patches.add(Patch.write("git", ".git/hooks/pre-commit", "x".getBytes()));
        patches.add(Patch.write("own", ".autosync/journal", "x".getBytes()));
        Files.createSymbolicLink(workspace.resolve("link"), workspace.getParent());
        patches.add(Patch.write("link", "link/evil", "x".getBytes()));
        patches.add(Patch.unifiedDiff("diff", "--- /dev/null\n+++ b/../evil\n@@ -0,0 +1 @@\n+x\n"));
        patches.add(Patch.builder("unknown", "no-such-format").build());
        try (SyncEngine engine = engine(patches)) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.REFUSED)).extracting(o -> o.patch().id())
                    .containsExactly("up", "absolute", "git", "own", "link", "diff", "unknown");
            assertThat(report.batch().outcome("p0").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
            assertThat(workspace.getParent().resolve("evil")).doesNotExist();
            assertThat(workspace.resolve(".git")).doesNotExist();
            Files.delete(workspace.resolve("link"));
        }
    }

    @Test
    void blamesNobodyForTestsThatWereRedBefore() throws Exception {
        List<Patch> patches = patches(4);
        Files.writeString(workspace.resolve("z.txt"), "BAD before");
        Map<String, String> before = tree();
        try (SyncEngine engine = engine(patches)) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(4);
            assertThat(report.green()).isFalse();
            assertThat(tree()).isEqualTo(before);
        }
    }

    @Test
    void landsPatchesThatMakeARedWorkspaceGreen() throws Exception {
        Files.writeString(workspace.resolve("z.txt"), "BAD before");
        try (SyncEngine engine = engine(List.of(Patch.write("fix", "z.txt", "good".getBytes())))) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcome("fix").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.APPLIED);
            assertThat(report.green()).isTrue();
        }
    }

    @Test
    void landsNothingWithoutTests() throws Exception {
        try (SyncEngine engine = engine(List.of(Patch.write("p", "new.md", "x".getBytes())))) {
            SyncReport report = engine.sync();

            assertThat(report.batch().baseline().orElseThrow().verdict()).isEqualTo(Verdict.NO_TESTS);
            assertThat(report.batch().outcome("p").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.UNDECIDED);
            assertThat(workspace.resolve("new.md")).doesNotExist();
        }
    }

    @Test
    void blamesNobodyWhenTheRememberedGreenNoLongerHolds() throws Exception {
        List<Patch> patches = patches(2);
        try (SyncEngine engine = engine(List.of())) {
            engine.sync();
        }
        TestSuite environmentBroke = new TestSuite() {
            @Override
            public TestRun run(dev.autosync.testing.TestContext context) {
                return TestRun.of(Verdict.RED, "the compiler is gone", List.of(), Duration.ZERO);
            }

            @Override
            public String fingerprint() {
                return suite.fingerprint();
            }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(environmentBroke).store(store).patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.BLAMED)).isEmpty();
            assertThat(report.batch().outcomes(PatchOutcome.Kind.UNDECIDED)).hasSize(2);
        }
    }

    @Test
    void reportsFilesThatTheTestsHaveWritten() throws Exception {
        List<Patch> patches = patches(1);
        TestSuite messy = context -> {
            write(workspace.resolve("left-behind.log"), "x");
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(messy).store(store).patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();
            assertThat(report.batch().foreignChanges()).containsExactly("left-behind.log");
            assertThat(report.warnings()).anyMatch(warning -> warning.contains("left-behind.log"));
        }
    }

    @Test
    void blamesNobodyForATestThatFailsOnceAndPassesOnTheSameTree() throws Exception {
        List<Patch> patches = patches(8);
        int[] calls = {0};
        TestSuite flaky = context -> {
            TestRun run = suite.run(context);
            return calls[0]++ == 1 ? TestRun.of(Verdict.RED, "one failed", List.of(TestResult.of("sometimes", TestResult.Status.FAILED,
                    Duration.ZERO, "")), Duration.ZERO) : run;
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(flaky).store(store).patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();

            assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(8);
            assertThat(report.batch().flakyTests()).containsExactly("sometimes");
        }
    }

    @Test
    void recordsEveryStep() throws Exception {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches(4, 2)))
                .kpi(Kpi.of("coverage", 81.5).target(80, Kpi.Direction.UP).unit("%")).build()) {
            SyncReport report = engine.sync();

            List<StoredEvent> events = store.read(EventQuery.all().cycle(report.cycle()));
            assertThat(events).filteredOn(e -> e.event().kind().equals("patch")).hasSize(4);
            assertThat(events).filteredOn(e -> e.event().kind().equals("test-run")).hasSize(report.batch().runs().size());
            assertThat(events).filteredOn(e -> e.event().kind().equals("phase")).extracting(e -> e.event().subject())
                    .contains("lease", "recover", "inputs", "snapshot", "baseline", "gate", "commit", "record", "report");
            assertThat(events).filteredOn(e -> e.event().kind().equals("kpi")).singleElement()
                    .satisfies(e -> assertThat(e.event().numbers()).containsEntry("value", 81.5).containsEntry("target", 80.0));
            assertThat(events).filteredOn(e -> e.event().kind().equals("cycle")).singleElement()
                    .satisfies(e -> assertThat(e.event().numbers()).containsEntry("blamed", 1.0).containsEntry("applied", 3.0));
            assertThat(report.phases()).containsOnlyKeys(CyclePhase.values());
        }
    }

    @Test
    void summaryHasNoLineAndNoControlCharacterOfOthers() throws Exception {
        Files.createDirectories(workspace.resolve("autosync/kpi"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), "{\"version\": 1}");
        Files.writeString(workspace.resolve("autosync/dashboard_config.json"),
                "{\"version\": 1, \"title\": \"t\\u001b[2J\\n::error::t\", \"kpis\": [\"k\\n::error::k\"]}");
        List<Patch> patches = patches(2, 1);
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(suite).store(store)
                .patches(PatchBatch.of(patches)).build()) {
            SyncReport report = engine.sync();

            assertThat(report.summary()).contains("t\\u001b[2J\\n::error::t: cycle", "\nwarning: The dashboard shows the KPI 'k\\n");
            assertThat(report.summary().lines()).noneMatch(line -> line.startsWith("::"));
            assertThat(report.summary().chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
        }
    }
}
