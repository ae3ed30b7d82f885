package dev.autosync.core.trend;

import dev.autosync.core.text.Untrusted;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** What an alert says. */
final class AlertText {
    private static final int NAME_CHARS = 200;
    private static final int UNIT_CHARS = 20;

    private AlertText() {}

    /** One line: what was seen, and the figures of the trend. */
    static String of(AlertRule rule, Trend trend) {
        Series series = trend.series();
        List<Series.Point> points = series.points();
        String unit = series.unit().isEmpty() ? "" : " " + Untrusted.line(series.unit(), UNIT_CHARS);
        String latest = number(points.get(points.size() - 1).value()) + unit;
        String seen = switch (rule.kind()) {
            case BELOW -> "is " + latest + ", below " + number(rule.threshold()) + unit;
            case ABOVE -> "is " + latest + ", above " + number(rule.threshold()) + unit;
            case WORSENING -> "worsens, latest " + latest;
        };
        return Untrusted.line(series.name(), NAME_CHARS) + " " + seen + "; slope " + number(trend.slopePerCycle()) + unit
                + " a cycle (95 %: " + number(trend.slopeLow()) + " to " + number(trend.slopeHigh()) + "), p " + number(trend.pValue())
                + ", " + points.size() + (points.size() == 1 ? " value" : " values");
    }

    /** Four digits that count; with an exponent where the number would be long. */
    static String number(double number) {
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros();
        double size = Math.abs(number);
        return size == 0 || size >= 1e-4 && size < 1e9 ? rounded.toPlainString() : rounded.toString();
    }
}
