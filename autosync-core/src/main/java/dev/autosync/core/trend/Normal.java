package dev.autosync.core.trend;

/** Tails of the normal distribution, computed as tails: one minus the distribution function has no digits left from z = 8 on. */
final class Normal {
    /** The quantile of a two-sided interval of 95 %. */
    static final double Z95 = 1.959963984540054;

    /*
     * Below this the series of the error function is short, and subtracting it from 1 costs 3 digits of 16 at most;
     * above it the continued fraction has 15 digits after 60 steps.
     */
    private static final double SERIES_BELOW = 2;
    private static final int STEPS = 60;

    private Normal() {}

    /** The probability to be at least as far from the mean as z standard deviations, on either side. */
    static double twoSided(double z) {
        return erfc(Math.abs(z) / Math.sqrt(2));
    }

    /**
     * The complementary error function, for 0 and more. Relative error below 1e-12 as far as the result is a normal number (x below 26.5).
     *
     * <p>Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 7.1.6 (series) and 7.1.14 (continued fraction).
     */
    static double erfc(double x) {
        return x < SERIES_BELOW ? 1 - erfBySeries(x) : erfcByFraction(x);
    }

    /** 2/sqrt(pi) exp(-x^2) (x + 2 x^3/3 + 4 x^5/(3 5) + ...): no term is negative, so nothing cancels. */
    private static double erfBySeries(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /** exp(-x^2)/sqrt(pi) 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))), from the inside. */
    private static double erfcByFraction(double x) {
        double fraction = x;
        for (int k = STEPS; k > 0; k--) {
            fraction = x + k / 2.0 / fraction;
        }
        return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
