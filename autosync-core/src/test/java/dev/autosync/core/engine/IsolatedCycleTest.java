package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.EventQuery;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestSuite;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole cycles whose tests run in copies, or whose tests are cleaned up after. */
class IsolatedCycleTest extends CycleFixture {
    private static final String CONFIG = """
            {"version": 1,
             "tests": {"type": "command", "command": ["sh", "-c", "touch left-behind; ! grep -q BAD *.txt"]},
             "isolation": %s, "testChanges": "undo", "reporters": ["json"]}
            """;

    private SyncReport cycle(String isolation, List<Patch> patches) throws Exception {
        Files.createDirectories(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), CONFIG.formatted(isolation));
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().store(store)
                .patches(PatchBatch.of(patches)).build()) {
            return engine.sync();
        }
    }

    @Test
    void testsInCopiesAsTheConfigurationSays() throws Exception {
        String isolation = "{\"type\": \"candidates\", \"copies\": 2}";
        SyncReport report = cycle(isolation, patches(4, 2));

        assertThat(report.batch().outcomes(PatchOutcome.Kind.BLAMED)).extracting(outcome -> outcome.patch().id()).containsExactly("p2");
        assertThat(report.batch().testChanges()).extracting(change -> change.path()).containsExactly("left-behind");
        assertThat(workspace.resolve("left-behind")).doesNotExist();
        assertThat(workspace.resolve("f3.txt")).hasContent("new 3");
        assertThat(workspace.resolve(".autosync/candidates/2/f3.txt")).exists();
        assertThat(workspace.resolve(".autosync/reports/dashboard.json")).content().contains("\"discarded\"");
        assertThat(cycle(isolation, List.of()).batch().runs()).as("what was green is known").isEmpty();
    }

    @Test
    void recordsAsLandedOnlyWhatPatchesHaveChanged() throws Exception {
        SyncReport report = cycle("\"in-place\"", patches(2));

        assertThat(report.batch().outcomes(PatchOutcome.Kind.APPLIED)).hasSize(2);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("left-behind (.autosync/conflicts/"));
        assertThat(workspace.resolve("left-behind")).doesNotExist();
        assertThat(store.read(EventQuery.all().kind("landed"))).isNotEmpty().allSatisfy(event -> assertThat(event.event().payload())
                .contains("f0.txt", "f1.txt").doesNotContain("left-behind"));
    }

    @Test
    void letsCodeHaveTheLastWordOnEverythingThatTheFileSays() throws Exception {
        Files.createDirectories(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), """
                {"version": 1, "store": "json", "tests": {"type": "command", "command": ["false"]}, "isolation": "candidates", "testChanges": "undo",
                 "snapshot": {"keep": 5}, "lock": {"wait": "PT1S", "takeOverAfter": "PT1H"}, "retry": {"attempts": 2}, "stable": {"greenCycles": 2},
                 "improve": {"adopted": ["slow-tests"], "weights": {"impact": 1}}, "reporters": ["html"]}
                """);
        TestSuite litters = context -> {
            write(context.workspace().resolve("left-behind"), "x");
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().store(store).tests(litters).patches(PatchBatch.of(patches(2)))
                .isolation(Isolation.inPlace()).testChanges(TestChanges.report()).snapshotLimits(SnapshotLimits.ofDefaults()).lockWait(Duration.ZERO)
                .takeOverAfter(Duration.ofHours(2)).retry(RetryPolicy.exponential(Duration.ofMillis(1))).stableAfter(3).reporter("json").build()) {
            SyncReport report = engine.sync();
            assertThat(report.green()).isTrue();
        }
        assertThat(workspace.resolve("left-behind")).as("in place, and not undone").exists();
        assertThat(workspace.resolve(".autosync/candidates")).doesNotExist();
    }

    @Test
    void setsInCodeWhatIsToBeTestedWhere() throws Exception {
        List<Patch> patches = patches(2);
        TestSuite looks = context -> {
            write(context.workspace().resolve("left-behind"), "x");
            return suite.run(context);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(looks).store(store).patches(PatchBatch.of(patches))
                .isolation(Isolation.candidates(1)).testChanges(TestChanges.report()).build()) {
            assertThat(engine.sync().batch().testChanges()).hasSize(1);
        }
        assertThat(workspace.resolve("left-behind")).doesNotExist();
    }
}
