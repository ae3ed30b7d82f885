package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.CyclePhase;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import dev.autosync.testkit.InMemoryStore;
import dev.autosync.trend.Kpi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleTest {
    @TempDir
    Path workspace;

    private final NoBad suite = new NoBad();
    private final InMemoryStore store = new InMemoryStore();

    /** A patch for each of n files; those at the given places are bad. */
    private List<Patch> patches(int n, Integer... bad) throws IOException {
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Files.writeString(workspace.resolve("f" + i + ".txt"), "old " + i + "\n");
            boolean isBad = List.of(bad).contains(i);
            patches.add(Patch.write("p" + i, "f" + i + ".txt", (isBad ? "BAD " + i : "new " + i).getBytes()));
        }
        return patches;
    }

    private SyncEngine engine(List<Patch> patches) {
        return SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches)).build();
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(workspace)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = workspace.relativize(file).toString();
                if (!path.startsWith(".autosync")) {
                    tree.put(path, Files.readString(file));
                }
            }
        }
        return tree;
    }

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
        assertThat(workspace.resolve("list.json")).hasContent("[1, 2]\n");
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
    void undoesTheBatchWhenItIsInterrupted() throws Exception {
        List<Patch> patches = patches(4, 2);
        Map<String, String> before = tree();
        TestSuite interrupted = context -> {
            if (!tree0(context.workspace()).equals(before)) {
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

    private Map<String, String> tree0(Path root) {
        try {
            return tree();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
        InMemoryStore good = store;
        boolean[] down = {true};
        dev.autosync.spi.Store flaky = new dev.autosync.spi.Store() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                if (down[0]) {
                    throw new StoreException(dev.autosync.ErrorCode.STORE_FAILED, "the disk is full", null);
                }
                return good.append(token, events);
            }

            @Override
            public List<StoredEvent> read(EventQuery query) {
                return good.read(query);
            }

            @Override
            public java.util.Optional<FencingToken> lastToken() {
                return good.lastToken();
            }

            @Override
            public void close() { }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(flaky).patches(PatchBatch.of(patches)).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(StoreException.class);
            assertThat(workspace.resolve("f0.txt")).hasContent("new 0");
            down[0] = false;
            SyncReport next = engine.sync();

            assertThat(next.warnings()).anyMatch(warning -> warning.contains("was final and was kept"));
            assertThat(good.read(EventQuery.all().kind("patch").subject("p0"))).extracting(e -> e.event().payload())
                    .first().asString().contains("\"applied\"");
            assertThat(next.batch().outcome("p0").orElseThrow().kind()).isEqualTo(PatchOutcome.Kind.ALREADY_APPLIED);
        }
    }

    @Test
    void tellsInTheFirstReportWhatWasRecoveredWhenItWasOpened() throws Exception {
        List<Patch> patches = patches(1);
        dev.autosync.spi.Store down = new InMemoryStore();
        down.close();
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).patches(PatchBatch.of(patches)).store(new dev.autosync.spi.Store() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                return down.append(token, events);
            }

            @Override
            public List<StoredEvent> read(EventQuery query) {
                return List.of();
            }

            @Override
            public java.util.Optional<FencingToken> lastToken() {
                return java.util.Optional.empty();
            }

            @Override
            public void close() { }
        }).build()) {
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
        boolean[] down = {false};
        InMemoryStore good = store;
        dev.autosync.spi.Store flaky = new dev.autosync.spi.Store() {
            @Override
            public long append(FencingToken token, List<Event> events) {
                if (!down[0] && events.size() > 1) {
                    down[0] = true;
                    throw new StoreException(dev.autosync.ErrorCode.STORE_FAILED, "the disk is full", null);
                }
                return good.append(token, events);
            }

            @Override
            public List<StoredEvent> read(EventQuery query) {
                return good.read(query);
            }

            @Override
            public java.util.Optional<FencingToken> lastToken() {
                return good.lastToken();
            }

            @Override
            public void close() { }
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(suite).store(flaky).patches(PatchBatch.of(List.of(append))).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(StoreException.class);

            assertThat(engine.sync().batch().outcome("append").orElseThrow().reason()).contains("landed in cycle");
        }
        assertThat(workspace.resolve("list.json")).hasContent("[1, 2]\n");
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
                public dev.autosync.spi.PatchPlan plan(Patch patch, dev.autosync.spi.FileTree tree) {
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

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
