package dev.autosync.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.report.JsonReporterFactory;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import dev.autosync.testkit.RecordingOutput;
import dev.autosync.testkit.SampleReports;
import dev.autosync.trend.Kpi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schemas of the files that AutoSync writes say what it writes: no key more, no key less. */
class WrittenFilesTest {
    private static final Map<String, String> PLACES = Map.of(
            "dashboard", "reports/dashboard.json",
            "test_results", "reports/test_results.json",
            "lessons_learned", "reports/lessons_learned.json",
            "feedback_loop", "reports/feedback_loop.json",
            "initial_snapshot", "snapshots/initial_snapshot.json",
            "owner", "owner.json",
            "green", "green.json",
            "failures", "failures.json",
            "store", "store.json");

    @TempDir
    Path workspace;

    @Test
    void everyFileOfARealCycleIsValid() throws Exception {
        cycle();

        for (String name : PLACES.keySet()) {
            assertThat(Schemas.errors(name, written(name))).as(name).isEmpty();
        }
    }

    @Test
    void everyFileOfACycleWithoutAnythingIsValid() throws Exception {
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(noBad()).build()) {
            engine.sync();
        }

        assertThat(workspace.resolve(".autosync/failures.json")).as("nothing has failed").doesNotExist();
        for (String name : PLACES.keySet()) {
            if (!name.equals("failures")) {
                assertThat(Schemas.errors(name, written(name))).as(name).isEmpty();
            }
        }
    }

    @Test
    void reportsWithEveryOutcomeAndHostileTextAreValid() throws Exception {
        for (SyncReport report : List.of(SampleReports.empty(workspace), SampleReports.typical(workspace), SampleReports.hostile(workspace),
                SampleReports.large(workspace))) {
            Map<String, String> files = report(report);
            assertThat(files).containsOnlyKeys("dashboard.json", "test_results.json", "lessons_learned.json", "feedback_loop.json");
            files.forEach((file, text) -> assertThat(Schemas.errors(file.replace(".json", ""), text)).as(file).isEmpty());
        }
    }

    @Test
    void schemasNameTheKeysThatAreWrittenAndNoOther() throws Exception {
        cycle();
        for (String name : PLACES.keySet()) {
            Set<String> keys = keys(written(name));
            if (PLACES.get(name).startsWith("reports/")) {
                keys.addAll(keys(report(SampleReports.typical(workspace)).get(name + ".json")));
            }
            assertThat(keys).as(name).isEqualTo(SchemaKeys.ofSchema(name));
        }
    }

    private void cycle() throws Exception {
        Files.writeString(workspace.resolve("f.txt"), "old");
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("f.txt"));
        PatchBatch batch = PatchBatch.of(Patch.write("good", "g.txt", "new".getBytes()), Patch.write("bad", "f.txt", "BAD".getBytes()),
                Patch.builder("dropped", "delete-file").target("g.txt").needs("bad").build(), Patch.unifiedDiff("refused", "x"),
                Patch.write("again", "link", new byte[0]));
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(noBad()).patches(batch)
                .kpi(Kpi.of("coverage", 81.5).target(80, Kpi.Direction.UP)).kpi(Kpi.of("free", 1)).build()) {
            assertThat(engine.sync().batch().outcomes()).extracting(PatchOutcome::kind).contains(PatchOutcome.Kind.APPLIED,
                    PatchOutcome.Kind.BLAMED, PatchOutcome.Kind.DROPPED, PatchOutcome.Kind.REFUSED);
            engine.moveStore("sqlite");
        }
    }

    private Map<String, String> report(SyncReport report) throws IOException {
        RecordingOutput output = new RecordingOutput();
        new JsonReporterFactory().create(JsonSection.empty()).report(report, output);
        return output.files();
    }

    private String written(String name) throws IOException {
        return Files.readString(workspace.resolve(".autosync").resolve(PLACES.get(name)));
    }

    private static Set<String> keys(String text) {
        return new TreeSet<>(SchemaKeys.ofDocument(JsonText.parse(text, "written", ErrorCode.INTERNAL)));
    }

    /** Has a fingerprint, so that green is remembered. */
    private static TestSuite noBad() {
        return new TestSuite() {
            @Override
            public TestRun run(dev.autosync.testing.TestContext context) {
                Path file = context.workspace().resolve("f.txt");
                boolean bad;
                try {
                    bad = Files.exists(file) && Files.readString(file).equals("BAD");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return TestRun.of(bad ? Verdict.RED : Verdict.GREEN, "looked", List.of(
                        TestResult.of("t", bad ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ofMillis(3), bad ? "BAD" : "")),
                        Duration.ofMillis(5));
            }

            @Override
            public String fingerprint() {
                return "no-bad";
            }
        };
    }
}
