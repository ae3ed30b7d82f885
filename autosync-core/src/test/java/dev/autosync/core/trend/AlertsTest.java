package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.trend.Alert;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendAnalyzer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private final History history = new History();

    @Test
    void isRaisedByDefaultForASeriesThatWorsens() {
        slower(30);

        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo("worsening:cycle-seconds");
            assertThat(alert.message()).isEqualTo(
                    "cycle-seconds worsens, latest 24.5 s; slope 0.5 s a cycle (95 %: 0.5 to 0.5), p 9.709E-15, 30 values");
            assertThat(alert.evidence()).hasSize(30).startsWith(1L, 2L).endsWith(30L);
        });
    }

    @Test
    void isNotRaisedByDefaultForASeriesThatImproves() {
        for (int i = 0; i < 30; i++) {
            history.end("green", Map.of("seconds", 100.0 - i));
        }
        assertThat(alerts()).isEmpty();
    }

    @Test
    void isNotRaisedByDefaultOnFewerThanTenValues() {
        slower(9);
        assertThat(alerts()).isEmpty();

        slower(1);
        assertThat(alerts(AlertRule.worsening("cycle-seconds", 0.05))).hasSize(1);
    }

    @Test
    void sharesTheLevelAmongTheSeriesThatCouldWorsen() {
        // Ten rising values have p = 8.3e-5: little enough for 10 series, too much for 200.
        for (int i = 0; i < 10; i++) {
            history.end("green", Map.of("seconds", 10.0 + i));
        }
        assertThat(alerts()).hasSize(1);

        History wide = new History();
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 200; k++) {
                wide.kpi(Kpi.of("k" + k, 1).target(1, Kpi.Direction.UP));
            }
            wide.end("green", Map.of("seconds", 10.0 + i));
        }
        assertThat(TrendAnalyzer.standard().analyze(wide.store).alerts()).isEmpty();
    }

    @Test
    void isRaisedByARuleInsteadOfTheDefaultOnes() {
        slower(30);

        assertThat(alerts(AlertRule.above("cycle-seconds", 1000))).isEmpty();
        assertThat(alerts(AlertRule.above("cycle-seconds", 24))).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isEqualTo("above:cycle-seconds");
            assertThat(alert.message()).startsWith("cycle-seconds is 24.5 s, above 24 s; slope 0.5 s a cycle").endsWith("30 values");
            assertThat(alert.evidence()).containsExactly(30L);
        });
    }

    @Test
    void looksAtTheLatestValueOnly() {
        history.kpi(Kpi.of("coverage", 60).unit("%")).green().kpi(Kpi.of("coverage", 80).unit("%")).green();
        assertThat(alerts(AlertRule.below("kpi:coverage", 80))).isEmpty();

        history.kpi(Kpi.of("coverage", 79.9).unit("%")).green();
        assertThat(alerts(AlertRule.below("kpi:coverage", 80))).extracting(Alert::message).singleElement().asString()
                .startsWith("kpi:coverage is 79.9 %, below 80 %").endsWith("p 1, 3 values");
    }

    @Test
    void hasALevelOfItsOwnWhateverTheReportCallsSignificant() {
        slower(10);

        TrendAnalyzer analyzer = TrendAnalyzer.builder().significance(1e-9).alerts(List.of(AlertRule.worsening("cycle-seconds", 0.01))).build();
        assertThat(analyzer.analyze(history.store).alerts()).hasSize(1);
    }

    @Test
    void cannotBeRaisedWhereNoWayIsBetterNorForAnUnknownSeries() {
        for (int i = 0; i < 30; i++) {
            history.end("green", Map.of("applied", (double) i));
        }
        assertThat(alerts(AlertRule.worsening("landed", 0.5), AlertRule.below("no-such-series", 1e9))).isEmpty();
    }

    @Test
    void isRaisedOnceForAKindAndASeries() {
        slower(30);

        assertThat(alerts(AlertRule.above("cycle-seconds", 20), AlertRule.above("cycle-seconds", 24), AlertRule.below("success", 2)))
                .extracting(Alert::id).containsExactly("above:cycle-seconds", "below:success");
    }

    @Test
    void staysOnOneLineWhateverATestIsCalled() {
        String hostile = "evil\n\u001b[31m" + "x".repeat(1000);
        history.run("a", hostile).green();

        assertThat(alerts(AlertRule.above("failures:" + hostile, 0))).extracting(Alert::message).singleElement().asString()
                .startsWith("failures:evil\\n\\u001b[31mxxx").doesNotContain("\n").hasSizeLessThan(400);
    }

    @Test
    void showsNumbersWithFourDigits() {
        assertThat(List.of(0.0, -1.0, 1234567.0, 0.00012345, 0.000012345, 1e-300, 12.3456, Double.MAX_VALUE).stream().map(AlertText::number))
                .containsExactly("0", "-1", "1235000", "0.0001234", "0.00001234", "1E-300", "12.35", "1.798E+308");
    }

    @Test
    void refusesLevelsAndCountsOutOfRange() {
        assertThatThrownBy(() -> TrendAnalyzer.builder().cycles(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("count");
        assertThatThrownBy(() -> TrendAnalyzer.builder().cycles(2_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TrendAnalyzer.builder().significance(1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("level");
        assertThatThrownBy(() -> TrendAnalyzer.builder().significance(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private void slower(int cycles) {
        for (int i = 0; i < cycles; i++) {
            history.end("green", Map.of("seconds", 10 + i * 0.5));
        }
    }

    @Test
    void anEmptyListOfRulesRaisesNone() {
        slower(20);
        assertThat(alerts()).as("the control: the default rules do").isNotEmpty();
        assertThat(TrendAnalyzer.builder().alerts(List.of()).build().analyze(history.store).alerts()).isEmpty();
    }

    private List<Alert> alerts(AlertRule... rules) {
        TrendAnalyzer analyzer = rules.length == 0 ? TrendAnalyzer.standard() : TrendAnalyzer.builder().alerts(List.of(rules)).build();
        return analyzer.analyze(history.store).alerts();
    }
}
