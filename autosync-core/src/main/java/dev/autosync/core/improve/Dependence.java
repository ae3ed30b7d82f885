package dev.autosync.core.improve;

import java.util.Arrays;

/**
 * How much values that depend on the one before widen the spread of a mean or of a rank sum.
 *
 * <p>The lag-1 autocorrelation r of what is left when each side's mean is taken away, corrected for the bias of short series, widens it by
 * sqrt((1 + r) / (1 - r)). Source: M. S. Bartlett, "Some aspects of the time-correlation problem", Journal of the Royal Statistical
 * Society 98(3), 1935; the bias: F. H. C. Marriott and J. A. Pope, "Bias in the estimation of autocorrelations", Biometrika 41, 1954.
 *
 * <p>Threads: no state.
 */
final class Dependence {
    private static final double MOST = 0.95;

    private Dependence() {}

    /**
     * The factor by which the spread is wider than for independent values.
     *
     * @param before values in the order of time
     * @param after more of them
     * @return 1 or more: values that swing to and fro are taken as independent
     */
    static double widening(double[] before, double[] after) {
        double products = 0;
        double squares = 0;
        for (double[] side : new double[][] {before, after}) {
            double mean = Arrays.stream(side).average().orElse(0);
            for (int i = 0; i < side.length; i++) {
                squares += (side[i] - mean) * (side[i] - mean);
                products += i == 0 ? 0 : (side[i] - mean) * (side[i - 1] - mean);
            }
        }
        if (!(squares > 0)) {
            return 1;
        }
        double r = products / squares;
        double corrected = r + (1 + 3 * r) / (before.length + after.length);
        double bounded = Math.min(MOST, Math.max(0, corrected));
        return Math.sqrt((1 + bounded) / (1 - bounded));
    }
}
