package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.improve.Feedback.Verdict;
import dev.autosync.trend.Kpi.Direction;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often verdicts are wrong and right, on series that are made. Lower is better in all of them, in units of their standard deviation.
 * {@code docs/feedback-protocol.md} has the figures of 20,000 rounds ({@code -Dautosync.rounds=20000}).
 */
class ComparisonTest {
    private static final int ROUNDS = Integer.getInteger("autosync.rounds", 2000);
    private static final int LOOKS = 3;

    @ParameterizedTest
    @CsvSource({"0, 15, 15", "0, 30, 30", "0.3, 15, 15", "0.3, 30, 30", "0.5, 30, 30"})
    void creditsHardlyAnythingThatDidNothing(double dependence, int before, int after) {
        Rates rates = rates(before, after, random -> noise(random, before + after, dependence));
        assertThat(rates.helped).as(rates.toString()).isLessThanOrEqualTo(0.05);
        assertThat(rates.harmed).as(rates.toString()).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void isNotTakenInByARuleThatSpeaksAtTheWorstMoment(double dependence) {
        Rates rates = rates(15, 30, random -> {
            double[] series = noise(random, 5000, dependence);
            int at = 15;
            while (at < series.length - 30 && mean(series, at - 5, at) < 0.8) {
                at++;
            }
            return Arrays.copyOfRange(series, at - 15, at + 30);
        });
        assertThat(rates.helped).as(rates.toString()).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @CsvSource({"15, 15", "30, 15", "30, 30"})
    void findsAnImprovementOfTwoStandardDeviations(int before, int after) {
        Rates rates = rates(before, after, random -> shifted(noise(random, before + after, 0), before, -2));
        assertThat(rates.helped).as(rates.toString()).isGreaterThanOrEqualTo(0.9);
        Rates worse = rates(before, after, random -> shifted(noise(random, before + after, 0), before, 2));
        assertThat(worse.harmed).as(worse.toString()).isGreaterThanOrEqualTo(0.9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.05, 0.1, 0.3})
    void doesNotCreditAMovementThatOnlyGoesOn(double slope) {
        Rates rates = rates(30, 30, random -> falling(noise(random, 60, 0), slope));
        assertThat(rates.helped).as(rates.toString()).isLessThanOrEqualTo(0.12);
    }

    @Test
    void wouldCreditThatMovementWithoutLookingAtTheLineBefore() {
        Random random = new Random(1);
        int different = 0;
        for (int i = 0; i < 200; i++) {
            double[] series = falling(noise(random, 60, 0), 0.05);
            double z = RankSum.z(Arrays.copyOf(series, 30), Arrays.copyOfRange(series, 30, 60));
            different += 2 * LOOKS * Tails.normal(Math.abs(z)) <= Comparison.LEVEL && z < 0 ? 1 : 0;
        }
        assertThat(different).isGreaterThan(180);
    }

    @Test
    void isNotWornDownByLookingThreeTimesAsLookingInEveryCycleWouldBe() {
        Random random = new Random(2);
        int atLooks = 0;
        int everyCycle = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double[] before = noise(random, 30, 0);
            double[] after = noise(random, 30, 0);
            atLooks += IntStream.of(8, 15, 30).anyMatch(n -> Comparison.of(before, Arrays.copyOf(after, n), Direction.DOWN, LOOKS).verdict()
                    == Verdict.HELPED) ? 1 : 0;
            everyCycle += IntStream.rangeClosed(8, 30).mapToDouble(n -> RankSum.z(before, Arrays.copyOf(after, n)))
                    .anyMatch(z -> z < 0 && 2 * Tails.normal(-z) <= Comparison.LEVEL) ? 1 : 0;
        }
        assertThat(atLooks).isLessThanOrEqualTo(ROUNDS * 5 / 100);
        assertThat(everyCycle).isGreaterThan(ROUNDS * 5 / 100);
    }

    @Test
    void judgesByTheBetterWay() {
        double[] low = {1, 2, 1, 2, 1, 2, 1, 2};
        double[] high = {8, 9, 8, 9, 8, 9, 8, 9};
        assertThat(Comparison.of(low, high, Direction.UP, LOOKS).verdict()).isEqualTo(Verdict.HELPED);
        assertThat(Comparison.of(low, high, Direction.DOWN, LOOKS).verdict()).isEqualTo(Verdict.HARMED);
        assertThat(Comparison.of(high, low, Direction.DOWN, LOOKS).verdict()).isEqualTo(Verdict.HELPED);
        assertThat(Comparison.of(low, low, Direction.UP, LOOKS)).isEqualTo(new Comparison(Verdict.NOT_HELPED, 1));
    }

    @Test
    void knowsSharesOfYesAndNo() {
        double[] seldom = {1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1};
        double[] always = new double[15];
        Arrays.fill(always, 1);
        assertThat(Comparison.of(seldom, always, Direction.UP, LOOKS).verdict()).isEqualTo(Verdict.HELPED);
    }

    /** How often the last look said so. */
    private record Rates(double helped, double harmed) {}

    private interface Series {
        double[] make(Random random);
    }

    private static Rates rates(int before, int after, Series series) {
        Random random = new Random(20261123);
        int helped = 0;
        int harmed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double[] values = series.make(random);
            Verdict verdict = Comparison.of(Arrays.copyOf(values, before), Arrays.copyOfRange(values, before, before + after),
                    Direction.DOWN, LOOKS).verdict();
            helped += verdict == Verdict.HELPED ? 1 : 0;
            harmed += verdict == Verdict.HARMED ? 1 : 0;
        }
        return new Rates(helped / (double) ROUNDS, harmed / (double) ROUNDS);
    }

    /** Normal values of standard deviation 1, each of which depends on the one before. */
    private static double[] noise(Random random, int count, double dependence) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i == 0 ? random.nextGaussian()
                    : dependence * values[i - 1] + Math.sqrt(1 - dependence * dependence) * random.nextGaussian();
        }
        return values;
    }

    private static double[] shifted(double[] values, int from, double by) {
        for (int i = from; i < values.length; i++) {
            values[i] += by;
        }
        return values;
    }

    private static double[] falling(double[] values, double slope) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= slope * i;
        }
        return values;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }
}
