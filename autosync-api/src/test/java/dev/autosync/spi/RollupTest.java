package dev.autosync.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RollupTest {
    private static final Instant HOUR = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void addsUp() {
        Rollup rollup = Rollup.of(HOUR, 2).plus(Rollup.of(HOUR, -4)).plus(Rollup.of(HOUR, 8));

        assertThat(rollup).isEqualTo(Rollup.of(HOUR, 3, 6, -4, 8, 84)).hasSameHashCodeAs(Rollup.of(HOUR, 3, 6, -4, 8, 84));
        assertThat(rollup.mean()).isEqualTo(2);
        assertThat(rollup.standardDeviation()).isCloseTo(Math.sqrt(24), within(1e-12));
        assertThat(rollup).hasToString("2026-11-23T12:00:00Z count 3, sum 6.0, min -4.0, max 8.0, sum of squares 84.0");
    }

    @Test
    void differsInEachFigure() {
        Rollup rollup = Rollup.of(HOUR, 3, 6, -4, 8, 84);

        assertThat(rollup).isNotEqualTo(Rollup.of(HOUR.plusSeconds(1), 3, 6, -4, 8, 84)).isNotEqualTo(Rollup.of(HOUR, 4, 6, -4, 8, 84))
                .isNotEqualTo(Rollup.of(HOUR, 3, 7, -4, 8, 84)).isNotEqualTo(Rollup.of(HOUR, 3, 6, -5, 8, 84))
                .isNotEqualTo(Rollup.of(HOUR, 3, 6, -4, 9, 84)).isNotEqualTo(Rollup.of(HOUR, 3, 6, -4, 8, 85));
    }

    @Test
    void beginsWhereTheFirstBeginsOrWhereItIsPut() {
        Instant day = Resolution.DAY.startOf(HOUR);
        Rollup second = Rollup.of(HOUR.plusSeconds(3600), 5);

        assertThat(Rollup.of(HOUR, 1).plus(second).start()).isEqualTo(HOUR);
        assertThat(second.at(day)).isEqualTo(Rollup.of(day, 5));
    }

    @Test
    void isInfiniteBeyondTheLargestNumberAndNeitherWhereBothInfinitiesMeet() {
        Rollup high = Rollup.of(HOUR, Double.MAX_VALUE).plus(Rollup.of(HOUR, Double.MAX_VALUE));
        Rollup low = Rollup.of(HOUR, -Double.MAX_VALUE).plus(Rollup.of(HOUR, -Double.MAX_VALUE));

        assertThat(high.sum()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(low.sum()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(high.plus(low).sum()).isNaN();
        assertThat(high.plus(low)).as("NaN equals itself").isEqualTo(high.plus(low));
        assertThat(high.plus(low).min()).isEqualTo(-Double.MAX_VALUE);
    }

    @Test
    void hasNoDeviationBelowZero() {
        Rollup equal = Rollup.of(HOUR, 0.1).plus(Rollup.of(HOUR, 0.1)).plus(Rollup.of(HOUR, 0.1));

        assertThat(equal.standardDeviation()).isBetween(0.0, 1e-8);
    }

    @Test
    void isOfOneEventAtLeastAndOfNoMoreThanCanBeCounted() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rollup.of(HOUR, 0, 0, 0, 0, 0)).withMessage("count must be 1 or more, was 0");
        assertThatThrownBy(() -> Rollup.of(HOUR, Long.MAX_VALUE, 0, 0, 0, 0).plus(Rollup.of(HOUR, 0))).isInstanceOf(ArithmeticException.class);
    }
}
