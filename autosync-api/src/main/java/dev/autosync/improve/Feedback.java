package dev.autosync.improve;

import java.util.Objects;

/**
 * Whether something that was adopted has helped: a series before and after. What it shows is an association, never a proof of cause.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Feedback {

    /** What came of it. */
    public enum Verdict {
        /** The series is better than before, significantly. */
        HELPED,
        /** The series is not better than before, as far as the test can tell. */
        NOT_HELPED,
        /** The series is worse than before, significantly. */
        HARMED,
        /** There are too few values to tell. */
        UNDECIDED
    }

    private final String series;
    private final Verdict verdict;
    private final int valuesBefore;
    private final double medianBefore;
    private final int valuesAfter;
    private final double medianAfter;
    private final double pValue;

    private Feedback(String series, Verdict verdict, int valuesBefore, double medianBefore, int valuesAfter, double medianAfter,
            double pValue) {
        this.series = series;
        this.verdict = verdict;
        this.valuesBefore = valuesBefore;
        this.medianBefore = medianBefore;
        this.valuesAfter = valuesAfter;
        this.medianAfter = medianAfter;
        this.pValue = pValue;
    }

    /**
     * Feedback.
     *
     * @param series the series that was watched
     * @param verdict what came of it
     * @param valuesBefore how many values there are before
     * @param medianBefore their median; NaN if there is none
     * @param valuesAfter how many values there are after
     * @param medianAfter their median; NaN if there is none
     * @param pValue the two-sided p-value of the difference, 0 to 1; 1 where there is nothing to test
     * @return the feedback
     */
    public static Feedback of(String series, Verdict verdict, int valuesBefore, double medianBefore, int valuesAfter, double medianAfter,
            double pValue) {
        return new Feedback(Objects.requireNonNull(series, "series"), Objects.requireNonNull(verdict, "verdict"), valuesBefore, medianBefore,
                valuesAfter, medianAfter, pValue);
    }

    /**
     * The series that was watched.
     *
     * @return its name
     */
    public String series() {
        return series;
    }

    /**
     * What came of it.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * How many values there are before.
     *
     * @return 0 or more
     */
    public int valuesBefore() {
        return valuesBefore;
    }

    /**
     * The median before.
     *
     * @return in the unit of the series; NaN if there is no value
     */
    public double medianBefore() {
        return medianBefore;
    }

    /**
     * How many values there are after.
     *
     * @return 0 or more
     */
    public int valuesAfter() {
        return valuesAfter;
    }

    /**
     * The median after.
     *
     * @return in the unit of the series; NaN if there is no value
     */
    public double medianAfter() {
        return medianAfter;
    }

    /**
     * The two-sided p-value of the difference, corrected for looking at the series more than once.
     *
     * @return 0 to 1; 1 where there is nothing to test
     */
    public double pValue() {
        return pValue;
    }

    @Override
    public String toString() {
        return series + " " + verdict + ": " + medianBefore + " (" + valuesBefore + ") -> " + medianAfter + " (" + valuesAfter + ")";
    }
}
