package dev.autosync.core.improve;

/**
 * How far a series jumps at a point, beside the line that it had followed up to there: what an interrupted time series tells of an
 * intervention.
 *
 * <p>Model: y = b0 + b1 t + b2 D + b3 D (t - t0), D = 1 from t0 on; the jump is b2. Since both sides have a line of their own, b2 is the
 * line after at t0 minus the line before at t0, a sum of the values with known weights. Its error is the larger of that of ordinary least
 * squares and that of Newey and West, which is too bold where short series swing to and fro.
 *
 * <p>Source: A. K. Wagner et al., "Segmented regression analysis of interrupted time series studies in medication use research", Journal of
 * Clinical Pharmacy and Therapeutics 27, 2002; W. K. Newey and K. D. West, "A simple, positive semi-definite, heteroskedasticity and
 * autocorrelation consistent covariance matrix", Econometrica 55(3), 1987, with Bartlett's weights and floor(4 (n / 100)^(2/9)) lags.
 *
 * @param height the jump, above 0 if upwards
 * @param leastSquares its standard error for independent values
 * @param neweyWest its standard error for values that depend on those before
 * @param freedom degrees of freedom
 */
record Step(double height, double leastSquares, double neweyWest, int freedom) {
    /** A jump that is smaller, beside the values, is what rounding leaves of none. */
    private static final double ROUNDING = 1e-9;

    /**
     * Estimates the jump.
     *
     * @param values in the order of time
     * @param at the first value after, at least 3 and at most 3 less than there are values
     */
    static Step of(double[] values, int at) {
        int n = values.length;
        double[] weights = new double[n];
        double[] residuals = new double[n];
        line(values, 0, at, at, -1, weights, residuals);
        line(values, at, n, at, 1, weights, residuals);
        double height = 0;
        double squares = 0;
        double weightSquares = 0;
        double greatest = 0;
        for (int i = 0; i < n; i++) {
            height += weights[i] * values[i];
            squares += residuals[i] * residuals[i];
            weightSquares += weights[i] * weights[i];
            greatest = Math.max(greatest, Math.abs(values[i]));
        }
        double jump = Math.abs(height) <= ROUNDING * greatest ? 0 : height;
        return new Step(jump, Math.sqrt(squares / (n - 4) * weightSquares), neweyWest(weights, residuals), n - 4);
    }

    /** Fits a line to one side: the weights of its value at {@code t0}, and what it leaves over. */
    private static void line(double[] values, int from, int to, int t0, int sign, double[] weights, double[] residuals) {
        int n = to - from;
        double centre = (from + to - 1) / 2.0;
        double spread = n * (n * (double) n - 1) / 12;
        double mean = 0;
        double slope = 0;
        for (int i = from; i < to; i++) {
            mean += values[i] / n;
            slope += (i - centre) * values[i] / spread;
        }
        for (int i = from; i < to; i++) {
            weights[i] = sign * (1.0 / n + (t0 - centre) * (i - centre) / spread);
            residuals[i] = values[i] - mean - slope * (i - centre);
        }
    }

    private static double neweyWest(double[] weights, double[] residuals) {
        int n = weights.length;
        int lags = (int) Math.floor(4 * Math.pow(n / 100.0, 2.0 / 9));
        double sum = 0;
        for (int lag = 0; lag <= lags; lag++) {
            double share = (lag == 0 ? 1 : 2) * (1 - lag / (lags + 1.0));
            for (int i = lag; i < n; i++) {
                sum += share * weights[i] * residuals[i] * weights[i - lag] * residuals[i - lag];
            }
        }
        return Math.sqrt(Math.max(0, sum));
    }

    /**
     * How likely a jump this far the same way is where there is none.
     *
     * @param upwards the way
     * @return the one-sided p-value; 1 if it cannot be computed
     */
    double pValue(boolean upwards) {
        double error = Math.max(leastSquares, neweyWest);
        double jump = upwards ? height : -height;
        double t = jump / error;
        if (Double.isNaN(t)) {
            return 1;
        }
        return Tails.student(t, freedom);
    }
}
