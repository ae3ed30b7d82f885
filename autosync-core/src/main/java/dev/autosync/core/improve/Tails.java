package dev.autosync.core.improve;

/**
 * Upper tails of distributions, computed as tails: 1 minus the rest would leave nothing of a small one.
 *
 * <p>Threads: no state.
 */
final class Tails {
    private static final double SERIES_UP_TO = 3;
    private static final int FRACTION_TERMS = 100;

    private Tails() {}

    /**
     * The standard normal distribution.
     *
     * <p>Source: NIST DLMF 7.6.2 (series, below 3) and 7.9.1 (continued fraction, from 3 on).
     *
     * @param z 0 or more
     * @return P(Z &gt; z)
     */
    static double normal(double z) {
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z < SERIES_UP_TO) {
            double term = z;
            double sum = z;
            for (int n = 3; term > sum * 1e-17; n += 2) {
                term *= z * z / n;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double rest = z;
        for (int n = FRACTION_TERMS; n > 0; n--) {
            rest = z + n / rest;
        }
        return density / rest;
    }

    /**
     * Student's t distribution.
     *
     * <p>Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4.
     *
     * @param t any number
     * @param freedom degrees of freedom, 1 or more
     * @return P(T &gt; t)
     */
    static double student(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int n = odd ? 3 : 2; n <= freedom - 2; n += 2) {
            term *= cosine * cosine * (n - 1) / n;
            sum += term;
        }
        double inside = odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
        return (1 - inside) / 2;
    }
}
