package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.Trend.Movement;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** From the events of cycles to series and their trends. */
class SeriesOfCyclesTest {
    private final History history = new History();

    @Test
    void showsNothingInAnEmptyHistory() {
        TrendReport report = analyze();

        assertThat(report.cycles()).isZero();
        assertThat(report.successRate01()).isEmpty();
        assertThat(report.trends()).isEmpty();
        assertThat(report.kpis()).isEmpty();
        assertThat(report.kpiScore01()).isEmpty();
        assertThat(report.flakyTests()).isEmpty();
        assertThat(report.alerts()).isEmpty();
    }

    @Test
    void hasAPointForEachFigureOfACycle() {
        history.run("a").run("b", "t").end("green", Map.of("seconds", 12.0, "lockWaitSeconds", 2.0, "retries", 1.0, "blamed", 2.0, "applied", 3.0));

        TrendReport report = analyze();

        assertThat(report.cycles()).isEqualTo(1);
        assertThat(report.successRate01()).hasValue(1);
        assertThat(latest(report)).containsExactly(entry("culprits", 2.0), entry("cycle-seconds", 12.0), entry("failures:t", 1.0),
                entry("landed", 3.0), entry("lock-wait-seconds", 2.0), entry("retries", 1.0), entry("runs-per-patch", 0.4), entry("success", 1.0), entry("test-runs", 2.0),
                entry("test-seconds", 3.0));
        assertThat(report.trends()).allSatisfy(trend -> {
            assertThat(trend.movement()).isEqualTo(Movement.UNKNOWN);
            assertThat(trend.pValue()).isEqualTo(1);
            assertThat(trend.slopePerCycle()).isZero();
        });
    }

    @Test
    void pointsToTheEventsThatItsValuesCameFrom() {
        history.run("a").run("a", "t").green().late(0, "phase", "report").green();

        TrendReport report = analyze();

        assertThat(points(report, "success")).extracting(Series.Point::sequence).containsExactly(3L, 5L);
        assertThat(points(report, "test-seconds")).extracting(Series.Point::sequence).containsExactly(2L);
        assertThat(points(report, "success").get(1).cycle()).isEqualTo("c1");
        assertThat(points(report, "success").get(1).at()).isEqualTo(history.events().get(4).event().at());
    }

    @Test
    void knowsOfAFailedCycleOnlyThatItWasNoSuccess() {
        history.green().failed().green();

        TrendReport report = analyze();

        assertThat(report.successRate01()).hasValue(2.0 / 3);
        assertThat(points(report, "success")).extracting(Series.Point::value).containsExactly(1.0, 0.0, 1.0);
        assertThat(points(report, "cycle-seconds")).extracting(Series.Point::position).containsExactly(0, 2);
        assertThat(points(report, "landed")).extracting(Series.Point::position).containsExactly(0, 2);
    }

    @Test
    void isDefinedWhereEveryCycleFailed() {
        for (int i = 0; i < 12; i++) {
            history.failed();
        }
        TrendReport report = analyze();

        assertThat(report.successRate01()).hasValue(0);
        assertThat(report.trends()).singleElement().satisfies(trend -> assertThat(trend.movement()).isEqualTo(Movement.STEADY));
        assertThat(report.alerts()).isEmpty();
    }

    @Test
    void callsConstantValuesSteady() {
        for (int i = 0; i < 4; i++) {
            history.green();
        }
        assertThat(analyze().trend("cycle-seconds").orElseThrow()).satisfies(trend -> {
            assertThat(trend.movement()).isEqualTo(Movement.STEADY);
            assertThat(trend.pValue()).isEqualTo(1);
            assertThat(trend.slopePerCycle()).isZero();
        });
    }

    @Test
    void knowsWhichWayASeriesMovesAndWhetherThatIsBetter() {
        for (int i = 0; i < 8; i++) {
            history.end("green", Map.of("seconds", 10.0 + i, "lockWaitSeconds", 8.0 - i, "applied", (double) i));
        }
        TrendReport report = analyze();

        assertThat(report.trend("cycle-seconds").orElseThrow()).satisfies(trend -> {
            assertThat(trend.movement()).isEqualTo(Movement.RISING);
            assertThat(trend.worsening()).isTrue();
            assertThat(trend.slopePerCycle()).isEqualTo(1);
            assertThat(trend.tau()).isEqualTo(1);
        });
        assertThat(report.trend("lock-wait-seconds").orElseThrow().improving()).isTrue();
        assertThat(report.trend("landed").orElseThrow()).satisfies(trend -> {
            assertThat(trend.movement()).isEqualTo(Movement.RISING);
            assertThat(trend.improving() || trend.worsening()).isFalse();
        });
    }

    @Test
    void callsAMovementOnlyWhatIsSignificantAtTheLevelAskedFor() {
        for (int i = 0; i < 8; i++) {
            history.end("green", Map.of("seconds", 10.0 + i));
        }
        assertThat(analyze(TrendAnalyzer.builder().significance(1e-5).build()).trend("cycle-seconds").orElseThrow().movement())
                .isEqualTo(Movement.STEADY);
    }

    @Test
    void keepsTheGapsOfCyclesWithoutAValue() {
        for (int i = 0; i < 9; i++) {
            (i % 2 == 0 ? history.kpi(Kpi.of("coverage", 80 - i)) : history).green();
        }
        Trend trend = analyze().trend("kpi:coverage").orElseThrow();

        assertThat(trend.series().points()).extracting(Series.Point::position).containsExactly(0, 2, 4, 6, 8);
        assertThat(trend.slopePerCycle()).isEqualTo(-1);
    }

    @Test
    void looksAtTheLatestCyclesOnly() {
        for (int i = 0; i < 20; i++) {
            history.end(i < 15 ? "red" : "green", Map.of("seconds", (double) i));
        }
        TrendReport report = analyze(TrendAnalyzer.builder().cycles(5).build());

        assertThat(report.cycles()).isEqualTo(5);
        assertThat(report.successRate01()).hasValue(1);
        assertThat(points(report, "cycle-seconds")).extracting(Series.Point::position).containsExactly(0, 1, 2, 3, 4);
        assertThat(points(report, "cycle-seconds").get(0).value()).isEqualTo(15);
    }

    @Test
    void countsInHowManyRunsOfACycleATestFailed() {
        history.run("a", "t").run("b", "t", "u").green();
        history.run("c").green();
        history.green();
        history.run("not_run", "", 0, List.of(), List.of()).green();
        history.run("d", "u").green();

        TrendReport report = analyze();

        assertThat(points(report, "failures:t")).extracting(Series.Point::position).containsExactly(0, 1, 4);
        assertThat(points(report, "failures:t")).extracting(Series.Point::value).containsExactly(2.0, 0.0, 0.0);
        assertThat(points(report, "failures:u")).extracting(Series.Point::value).containsExactly(1.0, 0.0, 1.0);
    }

    @Test
    void doesNotTakeATestForPassedThatMayHaveFailedWithoutBeingRecorded() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add("t" + i);
        }
        history.run("a", "first").green().run("red", "b", 400, many, List.of()).green().run("c").green();

        assertThat(points(analyze(), "failures:first")).extracting(Series.Point::position).containsExactly(0, 2);
    }

    @Test
    void followsThe50TestsThatFailedMost() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(String.format("t%02d", i));
        }
        history.run("red", "a", 100, all, List.of()).run("b", "t59").green();

        List<Trend> trends = analyze().trends().stream().filter(trend -> trend.series().name().startsWith("failures:")).toList();

        assertThat(trends).hasSize(50);
        assertThat(trends.get(0).series().name()).isEqualTo("failures:t59");
        assertThat(trends.get(1).series().name()).isEqualTo("failures:t00");
        assertThat(trends.get(49).series().name()).isEqualTo("failures:t48");
    }

    @Test
    void ordersTheEnginesSeriesBeforeKpisBeforeTests() {
        history.kpi(Kpi.of("z", 1)).kpi(Kpi.of("a", 1)).run("a", "t").green();

        assertThat(analyze().trends()).extracting(trend -> trend.series().name()).containsExactly("success", "cycle-seconds", "test-seconds",
                "test-runs", "lock-wait-seconds", "retries", "culprits", "landed", "kpi:a", "kpi:z", "failures:t");
    }

    @Test
    void leavesOutWhatCannotBeReadAndShowsTheRest() {
        history.event("test-run", "run-0", Map.of("seconds", 2.0), "{\"verdict\":").event("test-run", "run-1", Map.of("seconds", 3.0), "[]")
                .event("test-run", "run-2", Map.of("seconds", 4.0), "{\"verdict\":7}").event("kpi", "coverage", Map.of("value", 5.0), "nothing")
                .event("kpi", " ", Map.of("value", 5.0), "{}").event("kpi", "weight", Map.of("weight", 5.0), "{}").run("a", "t").green();

        TrendReport report = analyze();

        assertThat(latest(report)).containsEntry("test-seconds", 10.5).containsEntry("kpi:coverage", 5.0).containsEntry("failures:t", 1.0);
        assertThat(report.kpis()).extracting(Kpi::name).containsExactly("coverage");
    }

    @Test
    void takesACycleThatFailedAfterItWasRecordedForOneThatFailed() {
        history.green().late(0, "cycle", "failed");

        assertThat(analyze().cycles()).isEqualTo(1);
        assertThat(analyze().successRate01()).hasValue(0);
    }

    @Test
    void givesTheSameReportForTheStoreAndForItsEvents() {
        for (int i = 0; i < 30; i++) {
            history.kpi(Kpi.of("k", i % 7).target(3, Kpi.Direction.UP)).run("a", i % 3 == 0 ? new String[] {"t"} : new String[0]).green();
        }
        TrendAnalyzer analyzer = TrendAnalyzer.builder().cycles(10).build();

        assertThat(analyzer.analyze(history.store).toString()).isEqualTo(analyzer.analyze(history.events()).toString()).contains("failed in 3 of 10");
    }

    @Test
    void letsNoNumberGoBeyondWhatIsFinite() {
        for (int i = 0; i < 12; i++) {
            double extreme = i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
            history.kpi(Kpi.of("k", extreme).target(0, Kpi.Direction.UP).weight(Double.MAX_VALUE)).kpi(Kpi.of("l", 1).target(1, Kpi.Direction.UP)
                    .weight(Double.MAX_VALUE)).event("test-run", "r", Map.of("seconds", Double.MAX_VALUE), "{}")
                    .event("test-run", "s", Map.of("seconds", Double.MAX_VALUE), "{}").end("green", Map.of("seconds", extreme));
        }
        TrendReport report = analyze();

        assertThat(report.kpiScore01()).hasValue(0.5);
        assertThat(report.trends()).allSatisfy(trend -> assertThat(List.of(trend.tau(), trend.pValue(), trend.slopePerCycle(),
                trend.slopeLow(), trend.slopeHigh())).allSatisfy(number -> assertThat(number).isFinite()));
        assertThat(report.trend("test-seconds")).isEmpty();
    }

    private TrendReport analyze() {
        return analyze(TrendAnalyzer.standard());
    }

    private TrendReport analyze(TrendAnalyzer analyzer) {
        return analyzer.analyze(history.store);
    }

    private static List<Series.Point> points(TrendReport report, String series) {
        return report.trend(series).orElseThrow().series().points();
    }

    private static Map<String, Double> latest(TrendReport report) {
        Map<String, Double> latest = new TreeMap<>();
        for (Trend trend : report.trends()) {
            List<Series.Point> points = trend.series().points();
            latest.put(trend.series().name(), points.get(points.size() - 1).value());
        }
        return latest;
    }
}
