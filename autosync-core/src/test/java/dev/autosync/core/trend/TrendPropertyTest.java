package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TrendPropertyTest {

    @Property
    void aSeriesReadBackwardsHasTheOppositeTrend(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = -500, max = 500) Integer> quarters) {
        double[] values = exact(quarters);
        double[] backwards = IntStream.range(0, values.length).mapToDouble(i -> values[values.length - 1 - i]).toArray();
        Trend trend = trend(values);
        Trend opposite = trend(backwards);

        assertThat(MannKendall.of(backwards).s()).isEqualTo(-MannKendall.of(values).s());
        assertThat(opposite.pValue()).isEqualTo(trend.pValue());
        assertThat(opposite.slopePerCycle()).isEqualTo(-trend.slopePerCycle() + 0.0);
    }

    @Property
    void aConstantThatIsAddedChangesNothing(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = -500, max = 500) Integer> quarters,
            @ForAll @IntRange(min = -1000, max = 1000) int constant) {
        double[] values = exact(quarters);
        double[] moved = Arrays.stream(values).map(value -> value + constant).toArray();

        assertThat(MannKendall.of(moved)).isEqualTo(MannKendall.of(values));
        assertThat(trend(moved).slopePerCycle()).isEqualTo(trend(values).slopePerCycle());
    }

    @Property
    void aSeriesInAnotherUnitHasTheSlopeInThatUnit(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = -500, max = 500) Integer> quarters) {
        double[] values = exact(quarters);
        Trend trend = trend(values);
        Trend scaled = trend(Arrays.stream(values).map(value -> value * 4).toArray());

        assertThat(scaled.pValue()).isEqualTo(trend.pValue());
        assertThat(scaled.slopePerCycle()).isEqualTo(4 * trend.slopePerCycle());
        assertThat(scaled.slopeLow()).isEqualTo(4 * trend.slopeLow());
        assertThat(scaled.slopeHigh()).isEqualTo(4 * trend.slopeHigh());
    }

    @Property(tries = 100)
    void theVarianceIsThatOverAllOrdersOfTheValuesWhateverIsEqual(@ForAll @Size(min = 1, max = 7) List<@IntRange(min = 0, max = 3) Integer> values) {
        List<double[]> orders = orders(values.stream().mapToDouble(value -> value).toArray(), 0);
        double sum = orders.stream().mapToLong(order -> MannKendall.of(order).s()).sum();
        double squares = orders.stream().mapToDouble(order -> Math.pow(MannKendall.of(order).s(), 2)).sum();

        assertThat(sum).isZero();
        assertThat(orders).allSatisfy(order ->
                assertThat(MannKendall.of(order).variance()).isCloseTo(squares / orders.size(), within(1e-9)));
    }

    @Property
    void theSumOfSignsLiesInItsRangeAndTheIntervalHoldsTheSlope(@ForAll @Size(min = 1, max = 30) double[] values) {
        MannKendall test = MannKendall.of(values);
        Trend trend = trend(values);

        assertThat(test.tau()).isBetween(-1.0, 1.0);
        assertThat(trend.pValue()).isBetween(0.0, 1.0);
        assertThat(trend.slopePerCycle()).isFinite().isBetween(trend.slopeLow(), trend.slopeHigh());
        assertThat(trend.slopeLow()).isFinite();
        assertThat(trend.slopeHigh()).isFinite();
    }

    @Example
    void theSmallestSlopeThatThereIsLiesInItsInterval() {
        Trend trend = trend(new double[] {0, Double.MIN_VALUE, 2 * Double.MIN_VALUE, 3 * Double.MIN_VALUE});

        assertThat(trend.slopePerCycle()).isEqualTo(Double.MIN_VALUE).isBetween(trend.slopeLow(), trend.slopeHigh());
    }

    @Property
    void gapsStretchTheSlope(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = -500, max = 500) Integer> quarters,
            @ForAll @IntRange(min = 2, max = 9) int gap) {
        double[] values = exact(quarters);
        int[] positions = IntStream.range(0, values.length).map(i -> i * gap).toArray();
        double variance = MannKendall.of(values).variance();

        assertThat(TheilSen.of(positions, values, variance).slope() * gap).isCloseTo(trend(values).slopePerCycle(), within(1e-9));
    }

    @Property
    void selectionFindsWhatSortingWouldPutThere(@ForAll @Size(min = 1, max = 30) double[] values, @ForAll @IntRange(max = 1000) int place) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int index = place % values.length;

        double[] moved = values.clone();
        assertThat(Selection.select(moved, 0, moved.length - 1, index)).isEqualTo(sorted[index] + 0.0, within(0.0));
        Arrays.sort(moved);
        assertThat(moved).containsExactly(sorted);
    }

    /** Numbers with which a sum or a product of small ones is exact. */
    private static double[] exact(List<Integer> quarters) {
        return quarters.stream().mapToDouble(quarter -> quarter / 4.0).toArray();
    }

    private static List<double[]> orders(double[] values, int from) {
        if (from == values.length) {
            return List.of(values.clone());
        }
        List<double[]> orders = new ArrayList<>();
        for (int i = from; i < values.length; i++) {
            double[] swapped = values.clone();
            swapped[from] = values[i];
            swapped[i] = values[from];
            orders.addAll(orders(swapped, from + 1));
        }
        return orders;
    }

    private static Trend trend(double[] values) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(Series.Point.of(i, "c" + i, i + 1, Instant.EPOCH, values[i]));
        }
        return TrendTest.of(Series.of("x", "", null, points), 0.05);
    }
}
