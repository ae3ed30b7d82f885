package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0     | 100    | 0, 20, 40, 60, 80, 100",
        "0     | 1      | 0, 0.2, 0.4, 0.6, 0.8, 1.0",
        "-3    | 7      | -4, -2, 0, 2, 4, 6, 8",
        "0     | 7.7    | 0, 2, 4, 6, 8",
        "205   | 341    | 200, 250, 300, 350",
        "5     | 5      | 4.4, 4.6, 4.8, 5.0, 5.2, 5.4, 5.6",
        "0     | 0      | 0, 0.2, 0.4, 0.6, 0.8, 1.0",
        "0     | 123456 | 0, 50k, 100k, 150k",
        "0     | 2.5e9  | 0, 0.5G, 1.0G, 1.5G, 2.0G, 2.5G",
        "0     | 1e300  | 0, 2e299, 4e299, 6e299, 8e299, 1e300",
        "0     | 1e-7   | 0, 2e-8, 4e-8, 6e-8, 8e-8, 1e-7",
    })
    void hasRoundTicks(double least, double greatest, String ticks) {
        Scale scale = Scale.of(least, greatest, 5);
        assertThat(scale.ticks().stream().map(scale::label).toList()).isEqualTo(List.of(ticks.split(", ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 0, 1", "1 | 0, 1", "3 | 0, 1, 2, 3", "9 | 0, 2, 4, 6, 8, 10"})
    void countsInWholeNumbers(double greatest, String ticks) {
        Scale scale = Scale.ofCounts(greatest, 5);
        assertThat(scale.ticks().stream().map(scale::label).toList()).isEqualTo(List.of(ticks.split(", ")));
    }

    @Property
    void hasRoomForAnyTwoValues(@ForAll long someBits, @ForAll long otherBits) {
        double one = number(someBits);
        double other = number(otherBits);
        Scale scale = Scale.of(Math.min(one, other), Math.max(one, other), 5);

        assertThat(scale.ticks()).hasSizeBetween(2, 13).doesNotHaveDuplicates().isSorted().allMatch(Double::isFinite);
        assertThat(scale.ticks().stream().map(scale::label).toList()).doesNotHaveDuplicates().allMatch(label -> label.length() <= 14);
        assertThat(scale.share01(one)).isBetween(0.0, 1.0);
        assertThat(scale.share01(Math.min(one, other))).isLessThanOrEqualTo(scale.share01(Math.max(one, other)));
        List<Double> ticks = scale.ticks();
        assertThat(scale.share01(ticks.get(0))).isCloseTo(0, within(1e-9));
        assertThat(scale.share01(ticks.get(ticks.size() - 1))).isCloseTo(1, within(1e-9));
    }

    @Property
    void fitsTightlyAroundAnyTwoValues(@ForAll long someBits, @ForAll long otherBits) {
        double one = number(someBits);
        double other = number(otherBits);
        double least = Math.min(one, other);
        double greatest = Math.max(one, other);
        Scale scale = Scale.tight(least, greatest);

        assertThat(scale.share01(least)).isBetween(0.0, 0.5);
        assertThat(scale.share01(greatest)).isBetween(0.5, 1.0);
    }

    /** Of every size there is, every other one near one. */
    private static double number(long bits) {
        double number = Double.longBitsToDouble(bits);
        return bits % 2 == 0 || !Double.isFinite(number) ? 1 + bits % 1000 / 8.0 * Math.pow(10, -(bits & 15)) : number;
    }
}
