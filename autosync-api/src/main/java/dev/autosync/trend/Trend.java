package dev.autosync.trend;

import java.util.Objects;

/**
 * How a series moves, with the evidence.
 *
 * <p>Source: H. B. Mann, "Nonparametric tests against trend", Econometrica 13(3), 1945; M. G. Kendall, "Rank Correlation Methods", 1975 (the
 * test, with the correction for ties); P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968 (the slope).
 *
 * <p>Made by analyzers. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Trend {

    /** Which way a series moves. */
    public enum Movement {
        /** Upwards, significantly. */
        RISING,
        /** Downwards, significantly. */
        FALLING,
        /** Neither, as far as the test can tell. */
        STEADY,
        /** There are too few values to tell. */
        UNKNOWN
    }

    private final Series series;
    private final Movement movement;
    private final double tau;
    private final double pValue;
    private final double slopePerCycle;
    private final double slopeLow;
    private final double slopeHigh;

    private Trend(Series series, Movement movement, double tau, double pValue, double slopePerCycle, double slopeLow, double slopeHigh) {
        this.series = series;
        this.movement = movement;
        this.tau = tau;
        this.pValue = pValue;
        this.slopePerCycle = slopePerCycle;
        this.slopeLow = slopeLow;
        this.slopeHigh = slopeHigh;
    }

    /**
     * A trend.
     *
     * @param series what moves
     * @param movement which way
     * @param tau Kendall's tau, -1 to 1
     * @param pValue the two-sided p-value of the test, 0 to 1; 1 where there is nothing to test
     * @param slopePerCycle the Theil-Sen slope, in the unit of the series a cycle
     * @param slopeLow the lower end of its 95 % interval
     * @param slopeHigh the upper end
     * @return the trend
     */
    public static Trend of(Series series, Movement movement, double tau, double pValue, double slopePerCycle, double slopeLow,
            double slopeHigh) {
        return new Trend(Objects.requireNonNull(series, "series"), Objects.requireNonNull(movement, "movement"), tau, pValue, slopePerCycle,
                slopeLow, slopeHigh);
    }

    /**
     * What moves.
     *
     * @return the series
     */
    public Series series() {
        return series;
    }

    /**
     * Which way.
     *
     * @return the movement
     */
    public Movement movement() {
        return movement;
    }

    /**
     * Whether it moves the better way.
     *
     * @return false also if it does not move, or neither way is better
     */
    public boolean improving() {
        return moves(Kpi.Direction.UP, Kpi.Direction.DOWN);
    }

    /**
     * Whether it moves the worse way.
     *
     * @return false also if it does not move, or neither way is better
     */
    public boolean worsening() {
        return moves(Kpi.Direction.DOWN, Kpi.Direction.UP);
    }

    private boolean moves(Kpi.Direction whenRising, Kpi.Direction whenFalling) {
        return series.better().map(better -> movement == Movement.RISING && better == whenRising
                || movement == Movement.FALLING && better == whenFalling).orElse(false);
    }

    /**
     * Kendall's tau: how much the order of the values agrees with the order of time.
     *
     * @return -1 to 1; 0 where there is nothing to test
     */
    public double tau() {
        return tau;
    }

    /**
     * The two-sided p-value of the Mann-Kendall test. It takes the values as independent: for a series whose values depend on the one
     * before it is too small.
     *
     * @return 0 to 1; 1 where there is nothing to test
     */
    public double pValue() {
        return pValue;
    }

    /**
     * The Theil-Sen slope: the median of the slopes between all pairs of values.
     *
     * @return in the unit of the series a cycle; 0 where there is nothing to estimate
     */
    public double slopePerCycle() {
        return slopePerCycle;
    }

    /**
     * The lower end of the 95 % interval of the slope.
     *
     * @return at most the slope
     */
    public double slopeLow() {
        return slopeLow;
    }

    /**
     * The upper end of the 95 % interval of the slope.
     *
     * @return at least the slope
     */
    public double slopeHigh() {
        return slopeHigh;
    }

    @Override
    public String toString() {
        return series.name() + " " + movement + " p=" + pValue + " slope=" + slopePerCycle;
    }
}
