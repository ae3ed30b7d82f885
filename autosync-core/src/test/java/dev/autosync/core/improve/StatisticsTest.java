package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers behind verdicts, against values that SciPy 1.17 and NumPy give. */
class StatisticsTest {
    private static final Percentage NEAR = Percentage.withPercentage(1e-6);
    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0.5, 0.3085375387259869", "1, 0.1586552539314571", "1.96, 0.024997895148220435",
            "2.575829303548901, 0.005", "4.128066522844101, 1.8291314608321635e-05", "8, 6.22096057427174e-16"})
    void computesTheTailOfTheNormalDistribution(double z, double tail) {
        assertThat(Tails.normal(z)).isCloseTo(tail, NEAR);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.25", "2.5, 3, 0.04385332350403278", "4.974, 96, 1.4359140198252481e-06", "12, 8, 1.0719333738443846e-06",
            "0.1, 200, 0.4602222462521605", "-2.5, 3, 0.95614667649596722", "1.3722, 10, 0.1"})
    void computesTheTailOfStudentsDistribution(double t, int freedom, double tail) {
        assertThat(Tails.student(t, freedom)).isCloseTo(tail, Percentage.withPercentage(1e-2));
    }

    @Test
    void comparesRanksWithTies() {
        double[] before = {12.1, 11.8, 13.0, 12.5, 12.5, 14.2, 11.9, 12.7, 13.3};
        double[] after = {10.9, 11.8, 12.0, 11.1, 10.4, 12.5, 11.0, 11.6};
        assertThat(RankSum.z(before, after)).isCloseTo(-2.7991151988973546, EXACT);
        assertThat(RankSum.z(after, before)).isCloseTo(2.7991151988973546, EXACT);
        assertThat(2 * Tails.normal(2.7991151988973546)).isCloseTo(0.00512428522496066, EXACT);
        assertThat(RankSum.z(new double[] {0, 0, 0, 0, 0, 0, 0, 1, 1, 1}, new double[] {0, 0, 1, 1, 1, 1, 1, 1, 1, 1}))
                .isCloseTo(2.1466205528643854, EXACT);
    }

    @Test
    void findsNothingWhereAllValuesAreEqual() {
        double[] equal = {3, 3, 3, 3, 3, 3, 3, 3};
        assertThat(RankSum.z(equal, equal)).isZero();
        assertThat(RankSum.z(new double[0], equal)).isZero();
        assertThat(Dependence.widening(equal, equal)).isEqualTo(1);
        assertThat(Step.of(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 4).pValue(true)).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void estimatesTheJumpOfAnInterruptedSeries() {
        double[] values = {100.8, 100.2, 101.5, 102.6, 101.1, 102.1, 103.2, 104.2, 102.8, 104.6, 105.6, 105.0,
            94.3, 93.95, 96.4, 96.65, 96.4, 97.65, 99.5, 98.55, 100.2, 100.55, 102.0, 101.85};
        Step step = Step.of(values, 12);
        assertThat(step.height()).isCloseTo(-11.598484848484738, EXACT);
        assertThat(step.leastSquares()).isCloseTo(0.5600837333297972, EXACT);
        assertThat(step.neweyWest()).isCloseTo(0.20290176584265676, EXACT);
        assertThat(step.freedom()).isEqualTo(20);
        assertThat(step.pValue(false)).isLessThan(1e-12);
        assertThat(step.pValue(true)).isCloseTo(1, EXACT);
    }

    @Test
    void takesTheLargerErrorWhereAShortSeriesSwings() {
        double[] values = {100.8, 100.2, 101.5, 102.6, 101.1, 102.1, 103.2, 104.2, 102.8, 104.6, 105.6, 105.0,
            106.3, 105.7, 107.9, 107.9, 107.4, 108.4, 110.0, 108.8, 110.2, 110.3, 111.5, 111.1};
        Step step = Step.of(values, 12);
        assertThat(step.height()).isCloseTo(0.4015151515152695, EXACT);
        // Newey-West alone would make this p=.06 two-sided.
        assertThat(2 * step.pValue(true)).isCloseTo(0.48173441811571305, EXACT);
    }

    @Test
    void takesAnExactJumpForOne() {
        double[] values = {5, 5, 5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1, 1, 1};
        assertThat(Step.of(values, 8).pValue(false)).isLessThan(1e-9);
        assertThat(Step.of(values, 8).pValue(true)).isGreaterThan(0.99);
    }

    @Test
    void takesRoundingForNoJump() {
        double[] falling = new double[30];
        for (int i = 0; i < falling.length; i++) {
            falling[i] = 100.1 - 0.1 * i;
        }
        assertThat(Step.of(falling, 15).pValue(false)).isGreaterThanOrEqualTo(0.5);
        assertThat(Step.of(falling, 15).pValue(true)).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void widensForValuesThatDependOnTheOneBefore() {
        Random random = new Random(5);
        double[] independent = random.doubles(2000).toArray();
        double[] dependent = new double[2000];
        for (int i = 1; i < dependent.length; i++) {
            dependent[i] = 0.5 * dependent[i - 1] + random.nextGaussian();
        }
        assertThat(Dependence.widening(independent, independent)).isCloseTo(1, within(0.05));
        assertThat(Dependence.widening(dependent, dependent)).isCloseTo(Math.sqrt(3), within(0.1));
    }

    @Test
    void medianOfGreatValuesIsFinite() {
        assertThat(Figures.median(Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
        assertThat(Figures.median(4, 1, 3)).isEqualTo(3);
        assertThat(Figures.median(new double[0])).isNaN();
    }
}
