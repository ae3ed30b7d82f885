package dev.autosync.improve;

/**
 * How much the parts of an {@link ImpactScore} count beside each other.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class ImpactWeights {
    private static final ImpactWeights DEFAULTS = new ImpactWeights(4, 2, 2, 3);

    private final double impact;
    private final double effort;
    private final double risk;
    private final double confidence;

    private ImpactWeights(double impact, double effort, double risk, double confidence) {
        this.impact = impact;
        this.effort = effort;
        this.risk = risk;
        this.confidence = confidence;
    }

    /**
     * Weights.
     *
     * @param impact of the impact, 0 or more
     * @param effort of the effort, 0 or more
     * @param risk of the risk, 0 or more
     * @param confidence of the confidence, 0 or more
     * @return the weights
     * @throws IllegalArgumentException if one is below 0 or above 1,000,000, or all are 0
     */
    public static ImpactWeights of(double impact, double effort, double risk, double confidence) {
        checked("impact", impact);
        checked("effort", effort);
        checked("risk", risk);
        checked("confidence", confidence);
        if (impact + effort + risk + confidence == 0) {
            throw new IllegalArgumentException("one weight must be more than 0");
        }
        return new ImpactWeights(impact, effort, risk, confidence);
    }

    /**
     * Impact 4, effort 2, risk 2, confidence 3.
     *
     * @return the weights
     */
    public static ImpactWeights ofDefaults() {
        return DEFAULTS;
    }

    private static void checked(String what, double weight) {
        if (!(weight >= 0 && weight <= 1e6)) {
            throw new IllegalArgumentException(what + " must be 0 to 1000000, was " + weight);
        }
    }

    /**
     * Of the impact.
     *
     * @return 0 or more
     */
    public double impact() {
        return impact;
    }

    /**
     * Of the effort.
     *
     * @return 0 or more
     */
    public double effort() {
        return effort;
    }

    /**
     * Of the risk.
     *
     * @return 0 or more
     */
    public double risk() {
        return risk;
    }

    /**
     * Of the confidence.
     *
     * @return 0 or more
     */
    public double confidence() {
        return confidence;
    }

    @Override
    public String toString() {
        return "impact " + impact + ", effort " + effort + ", risk " + risk + ", confidence " + confidence;
    }
}
