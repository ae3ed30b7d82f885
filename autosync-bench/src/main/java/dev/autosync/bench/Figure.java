package dev.autosync.bench;

import dev.autosync.core.json.JsonOut;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One measured figure. Bench, case, who and metric together are its name, which stays the same for ever.
 *
 * @param bench the bench that measured it
 * @param caseName what it was measured on
 * @param who {@code autosync}, one of its parts, or a peer
 * @param metric what was measured
 * @param value the figure
 * @param unit its unit
 */
public record Figure(String bench, String caseName, String who, String metric, double value, String unit) {
    /** The unit of what was counted. */
    public static final String COUNT = "count";

    private static final int DIGITS = 4;

    public Figure {
        for (String name : new String[] {bench, caseName, who}) {
            if (!name.matches("[a-z0-9][A-Za-z0-9.= -]*")) {
                throw new IllegalArgumentException("'" + name + "' does not begin with a lower-case letter or a digit, or is not made of letters, digits, dots, spaces, equals signs and hyphens");
            }
        }
        if (metric.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException("a figure has a metric and a unit");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric + " of " + who + " is " + value);
        }
    }

    /** A JSON object on one line, the value rounded to as many digits as a measurement can mean; what was counted is exact. */
    String line() {
        boolean exact = unit.equals(COUNT) && value == Math.rint(value);
        double rounded = exact ? value : new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
        return JsonOut.line(out -> out.text("bench", bench).text("case", caseName).text("who", who).text("metric", metric)
                .number("value", rounded).text("unit", unit));
    }
}
