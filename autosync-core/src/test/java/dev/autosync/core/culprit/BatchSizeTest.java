package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizeTest {

    /** H(n) of Sobel and Groll. */
    @ParameterizedTest
    @CsvSource({"0.005, 2, 1.014975", "0.005, 256, 11.83197386351393", "0.01, 16, 1.7816529981884397", "0.02, 64, 9.24915923999", "0.05, 4, 1.537625",
        "0.1, 32, 15.2443557631835", "0.38, 4, 3.99056464", "0.4, 16, 16"})
    void expectsTheRunsOfTheBestNestedPlanWhereNoRunErrs(double bad, int patches, double runs) {
        assertThat(new BatchSize(bad, 0).runs(patches)).isCloseTo(runs, within(1e-10));
    }

    /** By H(n) / n, read off the reference table: at 1 % it is 0.0835 for 64, 0.0817 for 256 and 0.0899 for 32. */
    @ParameterizedTest
    @CsvSource({"0.01, 33, 64", "0.02, 17, 32", "0.05, 9, 16", "0.1, 5, 8"})
    void choosesTheSmallestSizeThatIsAsGoodAsTheBest(double bad, int atLeast, int atMost) {
        BatchSize sizes = new BatchSize(bad, 0);
        int best = sizes.best();
        assertThat(best).isBetween(atLeast, atMost);
        double least = IntStream.rangeClosed(1, BatchSize.MOST).mapToDouble(n -> sizes.runs(n) / n).min().orElseThrow();
        assertThat(sizes.runs(best) / best).isLessThanOrEqualTo(1.05 * least);
        assertThat(sizes.runs(best - 1) / (best - 1)).isGreaterThan(1.05 * least);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.382, 0.4, 0.5, 0.9})
    void testsSinglyWhereMoreThanOneOfEveryThreeOrSoIsBad(double bad) {
        assertThat(new BatchSize(bad, 0).best()).isEqualTo(1);
        assertThat(new BatchSize(bad, 0.05).best()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1, 0.3, 0.38})
    void makesSmallerBatchesTheMoreItCostsToWait(double bad) {
        BatchSize sizes = new BatchSize(bad, 0.02);
        int[] best = {sizes.best(), sizes.best(1, 0.001), sizes.best(1, 0.01), sizes.best(1, 0.1), sizes.best(1, 10)};
        assertThat(best).isSortedAccordingTo((a, b) -> b - a).endsWith(1);
    }

    /** A batch without any bad patch is green at the first run, but for those that err. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1})
    void expectsMoreRunsTheMoreOftenTheyErr(double falseRed) {
        BatchSize sizes = new BatchSize(0.02, falseRed);
        BatchSize seldom = new BatchSize(0.02, falseRed / 2);
        for (int n = 1; n <= BatchSize.MOST; n++) {
            assertThat(sizes.runs(n)).isGreaterThan(seldom.runs(n))
                    .isGreaterThan(Math.max(1 / (1 - falseRed), n * Entropy.of(0.02) / Entropy.capacity(falseRed)));
        }
    }

    @Property(tries = 100)
    void neverAsksForLessThanOnePatchOrMoreThanItLooksAt(@ForAll @DoubleRange(min = 0.01, max = 0.99) double bad,
            @ForAll @DoubleRange(max = 0.9) double falseRed, @ForAll @DoubleRange(max = 100) double wait) {
        assertThat(new BatchSize(bad, falseRed).best(1, wait)).isBetween(1, BatchSize.MOST);
    }

    /** What is expected is what the search itself takes, within a tenth: the mean of 2,000 batches. */
    @ParameterizedTest
    @CsvSource({"8, 0.02, 0.02", "16, 0.02, 0.02", "32, 0.02, 0.02", "64, 0.01, 0.05", "16, 0.05, 0.05", "32, 0.1, 0.02"})
    void expectsAboutTheRunsThatTheSearchTakes(int patches, double bad, double falseRed) {
        Random random = new Random(20261126);
        int runs = 0;
        for (int batch = 0; batch < 2_000; batch++) {
            boolean[] isBad = new boolean[patches];
            for (int patch = 0; patch < patches; patch++) {
                isBad[patch] = random.nextDouble() < bad;
            }
            AdaptiveSearch search = new AdaptiveSearch(Needs.none(patches), Prior.known(bad), Rates.known(falseRed, 1),
                    AdaptiveSearch.Settings.ofDefaults(), null);
            for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
                boolean red = ask.get().patches().stream().anyMatch(patch -> isBad[patch]) || random.nextDouble() < falseRed;
                search.answer(ask.get(), red ? Seen.red() : Seen.green());
                runs++;
            }
        }
        assertThat(new BatchSize(bad, falseRed).runs(patches)).isCloseTo(runs / 2_000.0, within(0.1 * runs / 2_000.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "NaN, 0", "0.1, 1", "0.1, -0.1", "0.1, NaN"})
    void refusesWhatIsNoChance(double bad, double falseRed) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchSize(bad, falseRed)).withMessageContaining("bad must be above 0");
    }
}
