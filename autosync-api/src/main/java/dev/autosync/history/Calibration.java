package dev.autosync.history;

import java.util.List;

/**
 * How well the risks of patches were foretold: of those of which one in ten was said to be bad, one in ten should have been.
 *
 * <p>Made by {@link History#calibration}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface Calibration {

    /**
     * How many patches there were whose risk was foretold and of which it is known what came of them.
     *
     * @return 0 or more
     */
    int patches();

    /**
     * The expected calibration error: over the bins, the distance between the mean risk that was foretold and the share that was bad, weighted by the
     * patches of each.
     *
     * <p>Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015, with bins of equal count. Chance
     * alone makes it larger than 0: with n patches of risk p by about sqrt(p (1 - p) * 6 / n).
     *
     * @return 0 (as foretold) to 1; 0 if there are no patches
     */
    double ece();

    /**
     * The patches in the order of their risks, in ten parts of the same size.
     *
     * @return 10 bins, fewer if there are fewer patches
     */
    List<Bin> bins();

    /**
     * Patches of about the same risk.
     *
     * <p>Threads: immutable.
     */
    interface Bin {

        /**
         * The least risk of its patches.
         *
         * @return above 0 and below 1
         */
        double from();

        /**
         * The greatest risk of its patches.
         *
         * @return above 0 and below 1
         */
        double to();

        /**
         * The mean of the risks that were foretold.
         *
         * @return above 0 and below 1
         */
        double meanPredicted();

        /**
         * The share of its patches that were bad.
         *
         * @return 0 to 1
         */
        double observed();

        /**
         * How many patches it has.
         *
         * @return 1 or more
         */
        int count();
    }
}
