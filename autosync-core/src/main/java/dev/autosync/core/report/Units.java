package dev.autosync.core.report;

import dev.autosync.trend.Series;

/**
 * The unit in which an axis is read most easily. Seconds become milliseconds, minutes, hours or days; other units stay.
 *
 * @param perUnit how many of the series' unit are one of these
 * @param name what the unit is called; empty for none
 */
record Units(double perUnit, String name) {

    /** For a series in a given unit whose values reach up to a given size. */
    static Units of(String unit, double greatest) {
        if (!unit.equals("s")) {
            return new Units(1, unit);
        }
        return greatest < 1 ? new Units(0.001, "ms")
                : greatest < 180 ? new Units(1, "s")
                : greatest < 3 * 3600 ? new Units(60, "min")
                : greatest < 3 * 86_400 ? new Units(3600, "h") : new Units(86_400, "d");
    }

    /** For the values of a series. */
    static Units of(Series series) {
        return of(series.unit(), series.points().stream().mapToDouble(point -> Math.abs(point.value())).max().orElse(0));
    }

    double of(double value) {
        return value / perUnit;
    }

    /** A value in this unit, with its name. */
    String label(double value) {
        return Labels.number(of(value)) + (name.isEmpty() ? "" : " " + name);
    }
}
