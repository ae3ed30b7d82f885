package dev.autosync.core.trend;

import java.util.Arrays;

/**
 * The Mann-Kendall test against trend.
 *
 * <p>Source: H. B. Mann, "Nonparametric tests against trend", Econometrica 13(3), 1945; M. G. Kendall, "Rank Correlation Methods", 4th ed. 1975,
 * sections 4.3 (ties) and 4.7 (continuity). Values are taken as independent.
 * <p>Cost: O(n^2).
 *
 * @param n how many values there were
 * @param s the pairs that rise less those that fall
 * @param variance of {@code s} where there is no trend, corrected for ties
 * @param z {@code s} in standard deviations, corrected for continuity; 0 where there is nothing to test
 * @param pValue two-sided; 1 where there is nothing to test
 * @param tau Kendall's tau-a; 0 where there is nothing to test
 */
record MannKendall(int n, long s, double variance, double z, double pValue, double tau) {

    static MannKendall of(double[] values) {
        int n = values.length;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                s += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
            }
        }
        double variance = (weight(n) - tiesWeight(values)) / 18.0;
        double z = s == 0 ? 0 : (s - Long.signum(s)) / Math.sqrt(variance);
        return new MannKendall(n, s, variance, z, Normal.twoSided(z), n < 2 ? 0 : s / (n * (n - 1L) / 2.0));
    }

    private static long tiesWeight(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        long weight = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            weight += weight(to - from);
        }
        return weight;
    }

    private static long weight(long n) {
        return n * (n - 1) * (2 * n + 5);
    }
}
