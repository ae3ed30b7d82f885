package dev.autosync.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KpiTest {
    @Test
    void isMetWithoutATarget() {
        Kpi kpi = Kpi.of("coverage", 81.5);

        assertThat(kpi.target()).isEmpty();
        assertThat(kpi.met()).isTrue();
        assertThat(kpi.weight()).isEqualTo(1);
        assertThat(kpi.unit()).isEmpty();
    }

    @Test
    void isMetAtItsTargetAndBeyondItOnTheBetterSide() {
        assertThat(Kpi.of("k", 80).target(80, Kpi.Direction.UP).met()).isTrue();
        assertThat(Kpi.of("k", 80).target(80, Kpi.Direction.DOWN).met()).isTrue();
        assertThat(Kpi.of("k", 79.9).target(80, Kpi.Direction.UP).met()).isFalse();
        assertThat(Kpi.of("k", 80.1).target(80, Kpi.Direction.DOWN).met()).isFalse();
        assertThat(Kpi.of("k", -1).target(0, Kpi.Direction.DOWN).met()).isTrue();
    }

    @Test
    void isNeverChanged() {
        Kpi kpi = Kpi.of("k", 1);
        Kpi other = kpi.target(2, Kpi.Direction.DOWN).weight(3).unit("ms");

        assertThat(kpi.target()).isEmpty();
        assertThat(other.target()).hasValue(2);
        assertThat(other.direction()).isEqualTo(Kpi.Direction.DOWN);
        assertThat(other.weight()).isEqualTo(3);
        assertThat(other).hasToString("k = 1.0ms");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesNumbersThatCannotBeCompared(double number) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kpi.of("k", number)).withMessageContaining("value must be finite");
        assertThatIllegalArgumentException().isThrownBy(() -> Kpi.of("k", 1).target(number, Kpi.Direction.UP))
                .withMessageContaining("target must be finite");
        assertThatIllegalArgumentException().isThrownBy(() -> Kpi.of("k", 1).weight(number)).withMessageContaining("weight must be finite");
    }

    @Test
    void refusesABlankNameAndANegativeWeight() {
        assertThatIllegalArgumentException().isThrownBy(() -> Kpi.of(" ", 1)).withMessageContaining("name");
        assertThatIllegalArgumentException().isThrownBy(() -> Kpi.of("k", 1).weight(-0.1)).withMessageContaining("weight");
    }
}
