package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.improve.Feedback;
import dev.autosync.trend.Kpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    @ParameterizedTest
    @CsvSource({"82.1, 82.1 %", "9, 9 %", "0.123456, 0.1235 %", "1234567.8, 1234568 %", "-0.5, -0.5 %", "1e300, 1.0E300 %", "0, 0 %"})
    void showsFourDigitsThatCount(double value, String shown) {
        assertThat(Labels.value(Kpi.of("k", value).unit("%"))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"UP, at least 80", "DOWN, at most 80"})
    void saysWhichWayATargetLies(Kpi.Direction direction, String shown) {
        assertThat(Labels.target(Kpi.of("k", 1).target(80, direction))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.001, 1 %", "0.5, 50 %", "0.999, 99 %", "1, 100 %"})
    void roundsNothingToAllOrNone(double share, String shown) {
        assertThat(Labels.percent(share)).isEqualTo(shown);
    }

    @Test
    void saysWhetherALessonHelpedWithTheNumbers() {
        assertThat(Labels.feedback(Feedback.of("cycle-seconds", Feedback.Verdict.HARMED, 1, 2.5, 12, 3, 0.0001)))
                .isEqualTo("harmed: time of a cycle, median 2.5 of 1 value before, median 3 of 12 values after, p < 0.001");
        assertThat(Labels.feedback(Feedback.of("x", Feedback.Verdict.UNDECIDED, 0, Double.NaN, 0, Double.NaN, 1)))
                .isEqualTo("too early to tell: x, no value before, no value after");
    }

    @ParameterizedTest
    @CsvSource({"kpi:coverage, KPI coverage", "failures:t, failures of t", "cycle-seconds, time of a cycle", "other, other"})
    void namesSeriesInWords(String series, String words) {
        assertThat(Labels.series(series)).isEqualTo(words);
    }
}
