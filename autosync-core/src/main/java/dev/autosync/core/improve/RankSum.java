package dev.autosync.core.improve;

import java.util.Arrays;

/**
 * Whether the values of one sample tend to be greater than those of another.
 *
 * <p>Source: H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other",
 * Annals of Mathematical Statistics 18(1), 1947; normal approximation with continuity correction, variance corrected for ties as in
 * E. L. Lehmann, "Nonparametrics", 1975, section 1.4. It is near enough from 8 values a side on.
 *
 * <p>Cost: O(n log n). Threads: no state.
 */
final class RankSum {

    private RankSum() {}

    /**
     * The standardised difference.
     *
     * @param before one sample, finite values
     * @param after the other
     * @return above 0 if those after tend to be greater; 0 where there is nothing to tell: no value, or all equal
     */
    static double z(double[] before, double[] after) {
        int n = before.length;
        int m = after.length;
        double[] all = Arrays.copyOf(before, n + m);
        System.arraycopy(after, 0, all, n, m);
        Arrays.sort(all);
        double above = 0; // pairs in which the value after is greater, equal ones count half
        for (double value : after) {
            above += midRank(all, value) - (m + 1) / 2.0;
        }
        double difference = above - n * m / 2.0;
        double variance = n * m / 12.0 * (n + m + 1 - ties(all) / ((n + m) * (n + m - 1.0)));
        if (!(variance > 0)) {
            return 0;
        }
        return Math.signum(difference) * Math.max(0, Math.abs(difference) - 0.5) / Math.sqrt(variance);
    }

    /** The mean of the ranks, from 1, that a value has among sorted ones. */
    private static double midRank(double[] sorted, double value) {
        return (count(sorted, value, false) + count(sorted, value, true) + 1) / 2.0;
    }

    /** How many of the sorted values are below a value, or below and equal. */
    private static int count(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double ties(double[] sorted) {
        double sum = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = count(sorted, sorted[from], true);
            double size = to - from;
            sum += size * size * size - size;
            from = to;
        }
        return sum;
    }
}
