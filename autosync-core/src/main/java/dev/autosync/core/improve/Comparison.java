package dev.autosync.core.improve;

import dev.autosync.improve.Feedback.Verdict;
import dev.autosync.trend.Kpi;
import java.util.Arrays;

/**
 * Whether a series is better or worse since something was adopted.
 *
 * @param verdict what came of it; never {@link Verdict#UNDECIDED}
 * @param pValue of the difference, two-sided, corrected for the number of looks; 0 to 1
 */
record Comparison(Verdict verdict, double pValue) {
    /*
     * Two questions must both be answered with yes.
     *
     * Are the values after different? The rank sum test asks nothing of their distribution, and its z is divided by what dependence of each
     * value on the one before adds to the spread. It is asked at several numbers of values, so its p-value is multiplied by their count
     * (Bonferroni).
     *
     * Did they jump when it was adopted, or did they only go on as before? The rank sum test alone calls every series helped that was getting
     * better anyway. So the jump beside the line before must go the same way, at GOES_ON. That level is what a movement that merely goes on
     * is credited with; half of it would miss one in six improvements of two standard deviations at 15 values a side.
     * docs/feedback-protocol.md has the figures.
     */

    static final double LEVEL = 0.05;
    static final double GOES_ON = 0.10;

    /**
     * Compares.
     *
     * @param before values before, in the order of time, at least 8
     * @param after values after, at least 8
     * @param better which way is better
     * @param looks how often this is asked of one series, 1 or more
     */
    static Comparison of(double[] before, double[] after, Kpi.Direction better, int looks) {
        // Squares of values of any size must be finite.
        double greatest = Math.max(greatest(before), greatest(after));
        return greatest == 0 ? new Comparison(Verdict.NOT_HELPED, 1)
                : scaled(Arrays.stream(before).map(value -> value / greatest).toArray(),
                        Arrays.stream(after).map(value -> value / greatest).toArray(), better, looks);
    }

    private static double greatest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    private static Comparison scaled(double[] before, double[] after, Kpi.Direction better, int looks) {
        double z = RankSum.z(before, after) / Dependence.widening(before, after);
        double pValue = Math.min(1, 2 * looks * Tails.normal(Math.abs(z)));
        boolean upwards = z > 0;
        if (pValue > LEVEL || jump(before, after).pValue(upwards) > GOES_ON) {
            return new Comparison(Verdict.NOT_HELPED, pValue);
        }
        return new Comparison(upwards == (better == Kpi.Direction.UP) ? Verdict.HELPED : Verdict.HARMED, pValue);
    }

    private static Step jump(double[] before, double[] after) {
        double[] all = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return Step.of(all, before.length);
    }
}
