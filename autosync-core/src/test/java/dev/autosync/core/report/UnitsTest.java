package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"s, 0.25, 250 ms", "s, 12, 12 s", "s, 341, 5.683 min", "s, 20000, 5.556 h", "s, 864000, 10 d", "%, 81.6, 81.6 %", "'', 7, 7"})
    void readsASeriesInTheUnitThatFitsItsSize(String unit, double value, String shown) {
        assertThat(Units.of(unit, value).label(value)).isEqualTo(shown);
    }
}
