package dev.autosync.core.trend;

/**
 * The Theil-Sen slope with its interval of 95 %.
 *
 * <p>Source: P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968; the ranks of the interval after R. O.
 * Gilbert, "Statistical Methods for Environmental Pollution Monitoring", 1987, section 16.5, rounded to whole ranks.
 * <p>Cost: O(n^2) time, and 8 bytes for each pair.
 *
 * @param slope the median of the slopes between all pairs; 0 if there is no pair
 * @param low the lower end, at most {@code slope}
 * @param high the upper end, at least {@code slope}
 */
record TheilSen(double slope, double low, double high) {

    /**
     * Estimates the slope.
     *
     * @param positions rising; gaps count
     * @param values one for each position, finite
     * @param variance of the statistic of Mann and Kendall
     */
    static TheilSen of(int[] positions, double[] values, double variance) {
        if (values.length < 2) {
            return new TheilSen(0, 0, 0);
        }
        double[] slopes = slopes(positions, values);
        int last = slopes.length - 1;
        double width = Normal.Z95 * Math.sqrt(variance);
        int lowRank = (int) Math.max(0, Math.rint((slopes.length - width) / 2) - 1);
        int highRank = (int) Math.min(last, Math.rint((slopes.length + width) / 2));
        // Each selection leaves less to look at for the next: the median lies between the two ends.
        double low = Selection.select(slopes, 0, last, lowRank);
        double high = Selection.select(slopes, lowRank, last, highRank);
        double upper = Selection.select(slopes, lowRank, highRank, slopes.length / 2);
        double lower = Selection.select(slopes, lowRank, highRank, last / 2);
        // Halves of the smallest numbers round: equal ones must not leave their interval.
        return new TheilSen(lower == upper ? upper : lower / 2 + upper / 2, low, high);
    }

    private static double[] slopes(int[] positions, double[] values) {
        int n = values.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[next++] = slope(positions[j] - positions[i], values[i], values[j]);
            }
        }
        return slopes;
    }

    /** Finite, whatever the values are. */
    private static double slope(int run, double from, double to) {
        double rise = to - from;
        return Double.isInfinite(rise) ? clamped(to / run - from / run) : rise / run;
    }

    private static double clamped(double slope) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, slope));
    }
}
