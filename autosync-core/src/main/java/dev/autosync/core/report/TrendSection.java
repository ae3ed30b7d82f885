package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.util.Comparator;
import java.util.List;

/** How every series moves, with the figures of the test. */
final class TrendSection implements HtmlSection {
    private static final int MOST = 60;

    @Override
    public String id() {
        return "trends";
    }

    @Override
    public String heading() {
        return "Trends";
    }

    @Override
    public int count(SyncReport report) {
        return report.trends().trends().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<Trend> trends = report.trends().trends();
        if (trends.isEmpty()) {
            html.element("p", "The history does not show anything yet.", "class", "empty");
            return;
        }
        if (trends.size() > MOST) {
            trends = trends.stream().sorted(Comparator.comparing(trend -> !Trends.moves(trend))).toList();
        }
        html.element("p", "Movement by the Mann-Kendall test, slope by Theil and Sen with its 95 % interval.", "class", "note");
        new HtmlTable<Trend>("How series move", MOST)
                .text("Series", trend -> Labels.series(trend.series().name()))
                .column("Over cycles", (cell, trend) -> Sparkline.write(cell, trend.series()))
                .number("Latest", TrendSection::latest)
                .column("Movement", TrendSection::movement)
                .number("Slope", TrendSection::slope)
                .number("p", trend -> tested(trend) ? Labels.p(trend.pValue()) : "\u2013")
                .number("n", trend -> Integer.toString(trend.series().points().size()))
                .write(html, trends);
    }

    /** An arrow, and words for it. */
    static void movement(Html html, Trend trend) {
        String arrow = switch (trend.movement()) {
            case RISING -> "\u2197";
            case FALLING -> "\u2198";
            case STEADY -> "\u2192";
            case UNKNOWN -> "?";
        };
        html.open("span", "class", "movement " + Tone.of(trend).style()).element("span", arrow, "class", "arrow", "aria-hidden", "true")
                .text(Labels.movement(trend)).close();
    }

    private static boolean tested(Trend trend) {
        return trend.movement() != Trend.Movement.UNKNOWN;
    }

    private static String latest(Trend trend) {
        List<Series.Point> points = trend.series().points();
        return points.isEmpty() ? "\u2013" : Units.of(trend.series()).label(points.get(points.size() - 1).value());
    }

    private static String slope(Trend trend) {
        return tested(trend)
                ? Labels.slope(trend) + " (" + Labels.number(trend.slopeLow()) + " to " + Labels.number(trend.slopeHigh()) + ")" : "\u2013";
    }
}
