package dev.autosync.core.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where values stand on an axis whose ends and ticks are round numbers: 1, 2 or 5 times a power of ten apart.
 *
 * <p>Source: P. S. Heckbert, "Nice numbers for graph labels", in A. S. Glassner (ed.), "Graphics Gems", 1990, p. 61.
 */
final class Scale {
    /** So that no difference of two ends is infinite. */
    private static final double MOST = 8e307;
    /** Differences that are smaller beside the values would need labels longer than anybody reads. */
    private static final double LEAST_RANGE = 1e-6;
    private static final double LEAST = 1e-300;

    private final double step;
    private final double first;
    private final int ticks;

    private Scale(double step, double first, int ticks) {
        this.step = step;
        this.first = first;
        this.ticks = ticks;
    }

    /**
     * A scale on which all values between two have their place.
     *
     * @param least the least value
     * @param greatest the greatest value
     * @param ticks how many ticks there are to be, about; 2 or more
     */
    static Scale of(double least, double greatest, int ticks) {
        return of(least, greatest, ticks, 0);
    }

    /** The same for whole numbers from zero: no tick stands between two of them. */
    static Scale ofCounts(double greatest, int ticks) {
        return of(0, Math.max(1, greatest), ticks, 1);
    }

    /** The same without room at either end; equal values stand in the middle. Its ticks are of no use. */
    static Scale tight(double least, double greatest) {
        double low = bounded(least);
        double range = bounded(greatest) - low;
        double size = Math.max(Math.abs(low), Math.abs(bounded(greatest)));
        if (range <= Math.max(LEAST, size * LEAST_RANGE)) {
            double step = Math.max(1, size);
            return new Scale(step, low / step - 0.5, 2);
        }
        return new Scale(range, low / range, 2);
    }

    private static double bounded(double value) {
        return Math.max(-MOST, Math.min(MOST, value));
    }

    private static Scale of(double least, double greatest, int ticks, double leastStep) {
        double low = bounded(least);
        double high = bounded(greatest);
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (size < LEAST) {
            low = 0;
            high = 1;
        } else if (high - low <= Math.max(LEAST, size * LEAST_RANGE)) {
            double middle = low;
            low = middle - Math.abs(middle) / 10;
            high = middle + Math.abs(middle) / 10;
        }
        double step = Math.max(leastStep, nice((high - low) / Math.max(1, ticks - 1)));
        double first = Math.floor(low / step);
        return new Scale(step, first, (int) (Math.ceil(high / step) - first) + 1);
    }

    /** The 1, 2 or 5 times a power of ten that is nearest. */
    private static double nice(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range)));
        double fraction = range / power;
        return power * (fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10);
    }

    /** Where a value stands, 0 at the lower end and 1 at the upper one. */
    double share01(double value) {
        double share = (value / step - first) / (ticks - 1);
        return Math.max(0, Math.min(1, share));
    }

    /** The ticks, the ends among them. */
    List<Double> ticks() {
        return IntStream.range(0, ticks).mapToObj(i -> (first + i) * step).toList();
    }

    /** How a tick is called: with as many decimals as the step has, in thousands, millions and so on where that is shorter. */
    String label(double tick) {
        double size = Math.max(Math.abs(first), Math.abs(first + ticks - 1)) * step;
        if (size >= 1e15 || size < 1e-3) {
            int digits = (int) Math.ceil(Math.log10(size / step)) + 1;
            BigDecimal rounded = BigDecimal.valueOf(tick).round(new MathContext(digits)).stripTrailingZeros();
            int exponent = rounded.precision() - rounded.scale() - 1;
            return tick == 0 ? "0" : rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
        }
        double unit = size >= 1e12 ? 1e12 : size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : size >= 1e4 ? 1e3 : 1;
        String name = unit == 1e12 ? "T" : unit == 1e9 ? "G" : unit == 1e6 ? "M" : unit == 1e3 ? "k" : "";
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
        BigDecimal number = BigDecimal.valueOf(tick / unit).setScale(decimals, RoundingMode.HALF_UP);
        return number.signum() == 0 ? "0" : number.toPlainString() + name;
    }
}
