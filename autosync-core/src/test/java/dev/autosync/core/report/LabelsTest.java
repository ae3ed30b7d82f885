package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.Kpi;
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
}
