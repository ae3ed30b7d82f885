package dev.autosync.improve;

import java.util.Objects;

/**
 * How much a change is worth: what it brings against what it takes, each from 1 (very low) to 5 (very high).
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class ImpactScore {
    private final int impact;
    private final int effort;
    private final int risk;
    private final int confidence;

    private ImpactScore(int impact, int effort, int risk, int confidence) {
        this.impact = impact;
        this.effort = effort;
        this.risk = risk;
        this.confidence = confidence;
    }

    /**
     * A score.
     *
     * @param impact how much better things will be, 1 to 5
     * @param effort how much work it is, 1 to 5
     * @param risk how much can go wrong, 1 to 5
     * @param confidence how sure all that is, 1 to 5
     * @return the score
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ImpactScore of(int impact, int effort, int risk, int confidence) {
        return new ImpactScore(checked("impact", impact), checked("effort", effort), checked("risk", risk),
                checked("confidence", confidence));
    }

    private static int checked(String what, int number) {
        if (number < 1 || number > 5) {
            throw new IllegalArgumentException(what + " must be 1 to 5, was " + number);
        }
        return number;
    }

    /**
     * How much better things will be.
     *
     * @return 1 to 5
     */
    public int impact() {
        return impact;
    }

    /**
     * How much work it is.
     *
     * @return 1 to 5
     */
    public int effort() {
        return effort;
    }

    /**
     * How much can go wrong.
     *
     * @return 1 to 5
     */
    public int risk() {
        return risk;
    }

    /**
     * How sure all that is.
     *
     * @return 1 to 5
     */
    public int confidence() {
        return confidence;
    }

    /**
     * One number to order suggestions by: the weighted mean of {@code (impact - 1) / 4}, {@code (confidence - 1) / 4}, {@code (5 - effort) / 4} and
     * {@code (5 - risk) / 4}, times 100. It never falls when impact or confidence rises, and never rises when effort or risk does.
     *
     * @param weights how much each counts
     * @return 0 to 100
     */
    public double points(ImpactWeights weights) {
        double sum = weights.impact() * (impact - 1) + weights.confidence() * (confidence - 1) + weights.effort() * (5 - effort)
                + weights.risk() * (5 - risk);
        return 100 * sum / (4 * (weights.impact() + weights.confidence() + weights.effort() + weights.risk()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImpactScore s && s.impact == impact && s.effort == effort && s.risk == risk && s.confidence == confidence;
    }

    @Override
    public int hashCode() {
        return Objects.hash(impact, effort, risk, confidence);
    }

    @Override
    public String toString() {
        return "impact " + impact + ", effort " + effort + ", risk " + risk + ", confidence " + confidence;
    }
}
