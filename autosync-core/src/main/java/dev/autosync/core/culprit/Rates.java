package dev.autosync.core.culprit;

import java.util.List;

/**
 * How far the colour of a run can be believed. Where it is not known, several of these are believed in with weights.
 *
 * @param falseRed the chance that a run of good patches is red, above 0 and below 1
 * @param shown the chance that a run with a bad patch shows it, above 0, at most 1
 * @param weight how much this one is believed in, above 0
 */
public record Rates(double falseRed, double shown, double weight) {
    /** A red that contradicts what was certain leaves at least this chance that it was a false one. */
    public static final double LEAST_FALSE_RED = 1e-9;

    /** Checks the values. */
    public Rates {
        if (!(falseRed >= 0 && falseRed < 1 && shown > 0 && shown <= 1 && weight > 0)) {
            throw new IllegalArgumentException("rates must be chances with a weight, were " + falseRed + ", " + shown + ", " + weight);
        }
        falseRed = Math.max(falseRed, LEAST_FALSE_RED);
    }

    /** Rates that are known. */
    public static List<Rates> known(double falseRed, double shown) {
        return List.of(new Rates(falseRed, shown, 1));
    }

    /** The chance that a run with a bad patch is red. */
    double red() {
        return shown + (1 - shown) * falseRed;
    }
}
