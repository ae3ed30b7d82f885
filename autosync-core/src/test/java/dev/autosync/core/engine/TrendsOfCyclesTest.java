package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.core.trend.HistoryWindow;
import dev.autosync.history.Stores;
import dev.autosync.patch.Patch;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Series;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the analysis makes of events that the engine itself has written. */
class TrendsOfCyclesTest extends CycleFixture {

    @Test
    void seesWhatTheCyclesReported() throws Exception {
        List<Patch> patches = patches(4, 2);
        HistoryWindow window = new HistoryWindow(200);
        SyncReport first;
        try (SyncEngine engine = engine(patches)) {
            first = engine.sync();
            window.refresh(store);
            engine.sync();
        }
        write(workspace.resolve("f0.txt"), "BAD");
        try (SyncEngine engine = engine(patches)) {
            engine.sync();
        }
        TrendReport report = TrendAnalyzer.standard().analyze(store);

        assertThat(report.cycles()).isEqualTo(3);
        assertThat(report.successRate01()).hasValue(2.0 / 3);
        assertThat(values(report, "success")).containsExactly(1.0, 1.0, 0.0);
        assertThat(values(report, "landed")).containsExactly(3.0, 0.0, 0.0);
        assertThat(values(report, "culprits").get(0)).isEqualTo(1);
        assertThat(values(report, "test-runs").get(0)).isEqualTo(first.batch().runs().size());
        assertThat(values(report, "cycle-seconds")).hasSize(3);
        assertThat(values(report, "failures:f0.txt")).startsWith(0.0, 0.0).last().isNotEqualTo(0.0);
        assertThat(report.trend("failures:f2.txt")).isPresent();
        assertThat(report.flakyTests()).as("a bad patch that was taken out").isEmpty();
        assertThat(report.alerts()).isEmpty();

        window.refresh(store);
        assertThat(TrendAnalyzer.standard().analyze(window.events()).toString()).isEqualTo(report.toString());
        assertThat(window.events()).hasSameSizeAs(store.read(EventQuery.all()));
    }

    @Test
    void seesTheKpisOfTheInputs() throws Exception {
        Files.createDirectories(workspace.resolve("autosync/kpi"));
        write(workspace.resolve("autosync/core_config.json"),
                "{\"version\": 1, \"modules\": [\".\"], \"tests\": {\"type\": \"command\", \"command\": [\"true\"]}}");
        write(workspace.resolve("autosync/kpi/k.json"),
                "{\"version\": 1, \"kpis\": [{\"name\": \"coverage\", \"value\": 79.5, \"unit\": \"%\", \"target\": 80}]}");
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
        }
        try (Store jsonStore = Stores.open(workspace, "json")) {
            TrendReport report = TrendAnalyzer.standard().analyze(jsonStore);

            assertThat(report.kpis()).singleElement().satisfies(kpi -> {
                assertThat(kpi.unit()).isEqualTo("%");
                assertThat(kpi.met()).isFalse();
            });
            assertThat(report.kpiScore01()).hasValue(0);
        }
    }

    @Test
    void countsACycleThatFailed() throws Exception {
        write(workspace.resolve("f.txt"), "fine");
        TestSuite interrupted = context -> {
            throw new InterruptedException("stop");
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(interrupted).store(store).build()) {
            assertThatThrownBy(engine::sync).isInstanceOf(InterruptedException.class);
        }
        TrendReport report = TrendAnalyzer.standard().analyze(store);

        assertThat(report.successRate01()).hasValue(0);
        assertThat(report.trends()).extracting(trend -> trend.series().name()).containsExactly("success");
    }

    @Test
    void findsATestThatIsRedEverySecondTimeOnTheSameTree() throws Exception {
        write(workspace.resolve("f.txt"), "fine");
        int[] runs = {0};
        TestSuite flaky = context -> {
            boolean fails = runs[0]++ % 2 == 0;
            List<TestResult> results = List.of(TestResult.of("coin", fails ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, ""),
                    TestResult.of("rock", TestResult.Status.PASSED, Duration.ZERO, ""));
            return TestRun.of(fails ? Verdict.RED : Verdict.GREEN, "by chance", results, Duration.ZERO);
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).tests(flaky).store(store).build()) {
            engine.sync();
            engine.sync();
        }
        assertThat(TrendAnalyzer.standard().analyze(store).flakyTests()).extracting(FlakyTest::id).containsExactly("coin");
    }

    private static List<Double> values(TrendReport report, String series) {
        return report.trend(series).orElseThrow().series().points().stream().map(Series.Point::value).toList();
    }
}
