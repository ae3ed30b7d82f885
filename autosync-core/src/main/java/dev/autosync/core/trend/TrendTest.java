package dev.autosync.core.trend;

import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.Trend.Movement;
import java.util.List;

/** From a series to its trend. */
final class TrendTest {
    /* With 3 values even the exact test cannot get below p = 1/3. */
    private static final int LEAST_VALUES = 4;

    private TrendTest() {}

    /**
     * Tests a series.
     *
     * @param significance the p-value from which on a movement counts
     */
    static Trend of(Series series, double significance) {
        List<Series.Point> points = series.points();
        double[] values = points.stream().mapToDouble(Series.Point::value).toArray();
        int[] positions = points.stream().mapToInt(Series.Point::position).toArray();
        MannKendall test = MannKendall.of(values);
        TheilSen line = TheilSen.of(positions, values, test.variance());
        if (values.length < LEAST_VALUES) {
            return Trend.of(series, Movement.UNKNOWN, test.tau(), 1, line.slope(), line.low(), line.high());
        }
        return Trend.of(series, movement(test, significance), test.tau(), test.pValue(), line.slope(), line.low(), line.high());
    }

    private static Movement movement(MannKendall test, double significance) {
        if (test.pValue() > significance || test.s() == 0) {
            return Movement.STEADY;
        }
        return test.s() > 0 ? Movement.RISING : Movement.FALLING;
    }
}
