package dev.autosync.trend;

import java.util.Objects;

/**
 * When a series is to raise an alert.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class AlertRule {

    /** What raises the alert. */
    public enum Kind {
        /** The latest value is below the threshold. */
        BELOW,
        /** The latest value is above the threshold. */
        ABOVE,
        /** The series moves the worse way; the threshold is the greatest p-value that counts. */
        WORSENING
    }

    private final Kind kind;
    private final String series;
    private final double threshold;

    private AlertRule(Kind kind, String series, double threshold) {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be finite, was " + threshold);
        }
        this.kind = kind;
        this.series = Objects.requireNonNull(series, "series");
        this.threshold = threshold;
    }

    /**
     * Raises an alert while the latest value is below a threshold.
     *
     * @param series the series' name
     * @param threshold finite, in the series' unit
     * @return the rule
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public static AlertRule below(String series, double threshold) {
        return new AlertRule(Kind.BELOW, series, threshold);
    }

    /**
     * Raises an alert while the latest value is above a threshold.
     *
     * @param series the series' name
     * @param threshold finite, in the series' unit
     * @return the rule
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public static AlertRule above(String series, double threshold) {
        return new AlertRule(Kind.ABOVE, series, threshold);
    }

    /**
     * Raises an alert while a series moves the worse way.
     *
     * @param series the series' name
     * @param pValue the greatest p-value that counts, more than 0 and less than 1
     * @return the rule
     * @throws IllegalArgumentException if it is out of range
     */
    public static AlertRule worsening(String series, double pValue) {
        if (!(pValue > 0 && pValue < 1)) {
            throw new IllegalArgumentException("pValue must be more than 0 and less than 1, was " + pValue);
        }
        return new AlertRule(Kind.WORSENING, series, pValue);
    }

    /**
     * What raises the alert.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The series it looks at.
     *
     * @return its name
     */
    public String series() {
        return series;
    }

    /**
     * The threshold.
     *
     * @return in the series' unit, or a p-value for {@link Kind#WORSENING}
     */
    public double threshold() {
        return threshold;
    }

    @Override
    public String toString() {
        return kind + " " + series + " " + threshold;
    }
}
