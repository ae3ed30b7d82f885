package dev.autosync.core.improve;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Numbers, and how sentences show them. */
final class Figures {

    private Figures() {}

    /** The median; NaN of no value. */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        // Halved before they are added: the sum of two finite values need not be finite.
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    /** The same of boxed values. */
    static double median(Collection<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Seconds with their unit. */
    static String seconds(double seconds) {
        return number(seconds) + " s";
    }

    /** A share as a percentage. */
    static String percent(double share01) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share01);
    }

    /** A number with as many digits as a reader needs. */
    static String number(double number) {
        return String.format(Locale.ROOT, number == Math.rint(number) && Math.abs(number) < 1e15 ? "%.0f" : "%.3g", number);
    }
}
