package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Kpi.Direction;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class KpisTest {
    private final History history = new History();

    @Test
    void givesTheLatestValueOfEachWithTargetAndWeight() {
        history.kpi(Kpi.of("coverage", 70)).green();
        history.kpi(Kpi.of("coverage", 81.2).target(80, Direction.UP).weight(2).unit("%")).kpi(Kpi.of("build", 9).target(8, Direction.DOWN)).green();

        TrendReport report = analyze();

        assertThat(report.kpis()).extracting(Kpi::name).containsExactly("build", "coverage");
        assertThat(report.kpis().get(1)).satisfies(kpi -> {
            assertThat(kpi.value()).isEqualTo(81.2);
            assertThat(kpi.target()).hasValue(80);
            assertThat(kpi.direction()).isEqualTo(Direction.UP);
            assertThat(kpi.weight()).isEqualTo(2);
            assertThat(kpi.unit()).isEqualTo("%");
            assertThat(kpi.met()).isTrue();
        });
        assertThat(report.kpis().get(0).met()).isFalse();
        assertThat(report.kpiScore01()).hasValue(2.0 / 3);
    }

    @Test
    void knowsTheBetterWayOnlyOfAKpiWithATarget() {
        history.kpi(Kpi.of("free", 1).unit("ms")).kpi(Kpi.of("aimed", 1).target(0, Direction.DOWN)).green();

        assertThat(analyze().trend("kpi:free").orElseThrow().series().better()).isEmpty();
        assertThat(analyze().trend("kpi:free").orElseThrow().series().unit()).isEqualTo("ms");
        assertThat(analyze().trend("kpi:aimed").orElseThrow().series().better()).contains(Direction.DOWN);
    }

    @Test
    void hasNoScoreWithoutATargetThatWeighsSomething() {
        history.kpi(Kpi.of("free", 1)).kpi(Kpi.of("light", 1).target(2, Direction.UP).weight(0)).green();

        assertThat(analyze().kpiScore01()).isEmpty();
    }

    @Test
    void keepsTheLatestValuesWhenACycleFailsBeforeItHasAny() {
        history.kpi(Kpi.of("coverage", 70)).green().failed();

        assertThat(analyze().kpis()).extracting(Kpi::value).containsExactly(70.0);
    }

    @Test
    void forgetsAKpiThatWasTakenOutButNotItsSeries() {
        history.kpi(Kpi.of("old", 1).target(2, Direction.UP)).green().kpi(Kpi.of("other", 1)).green();

        TrendReport report = TrendAnalyzer.builder().alerts(List.of(AlertRule.below("kpi:old", 2))).build().analyze(history.store);

        assertThat(report.kpis()).extracting(Kpi::name).containsExactly("other");
        assertThat(report.kpiScore01()).isEmpty();
        assertThat(report.trend("kpi:old")).isPresent();
        assertThat(report.alerts()).isEmpty();
    }

    @Test
    void takesTheLaterOfTwoValuesInACycle() {
        history.kpi(Kpi.of("k", 1)).kpi(Kpi.of("k", 2)).green();

        assertThat(analyze().kpis()).extracting(Kpi::value).containsExactly(2.0);
        assertThat(analyze().trend("kpi:k").orElseThrow().series().points()).hasSize(1);
    }

    private TrendReport analyze() {
        return TrendAnalyzer.standard().analyze(history.store);
    }
}
