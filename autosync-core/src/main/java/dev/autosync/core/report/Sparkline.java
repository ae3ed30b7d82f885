package dev.autosync.core.report;

import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import java.util.List;

/** A series in the room of a word: no axes, the latest value marked, the target as a dashed line. */
final class Sparkline {
    private static final int MOST = 120;
    private static final int HEIGHT = 36;
    private static final int EDGE = 4;

    private Sparkline() {}

    /** Draws nothing where there is no value. */
    static void write(Html html, Series series) {
        write(html, series, Double.NaN);
    }

    /** The same with the target of a KPI, if it has one. */
    static void write(Html html, Series series, Kpi kpi) {
        write(html, series, kpi.target().orElse(Double.NaN));
    }

    private static void write(Html html, Series series, double target) {
        List<Series.Point> points = series.points();
        if (points.isEmpty()) {
            return;
        }
        List<Mark> marks = Thinned.marks(points, MOST, point -> "");
        TimeAxis axis = TimeAxis.ofLines(points);
        Scale scale = scale(points, target);
        html.open("svg", "class", "sparkline", "role", "img", "width", "100%", "height", Integer.toString(HEIGHT));
        html.element("title", series.name() + ", " + Labels.count(points.size(), "cycle"));
        html.element("desc", description(series));
        if (!Double.isNaN(target)) {
            String y = SvgPlot.number(y(scale, target));
            html.empty("line", "class", "target", "x1", "0", "x2", "100%", "y1", y, "y2", y);
        }
        html.open("svg", "width", "100%", "height", Integer.toString(HEIGHT), "viewBox", "0 0 1000 " + HEIGHT,
                "preserveAspectRatio", "none");
        html.empty("path", "class", "line blue", "d", SvgPlot.path(marks, axis, mark -> y(scale, mark.value()))).close();
        SvgPlot.alone(marks).forEach(mark -> dot(html, axis, scale, mark, "1.5"));
        dot(html, axis, scale, marks.get(marks.size() - 1), "3");
        html.close();
    }

    private static Scale scale(List<Series.Point> points, double target) {
        double least = points.stream().mapToDouble(Series.Point::value).min().orElseThrow();
        double greatest = points.stream().mapToDouble(Series.Point::value).max().orElseThrow();
        return Double.isNaN(target) ? Scale.tight(least, greatest) : Scale.tight(Math.min(least, target), Math.max(greatest, target));
    }

    private static void dot(Html html, TimeAxis axis, Scale scale, Mark mark, String radius) {
        html.empty("circle", "class", "dot blue", "cx", SvgPlot.percent(axis.x01(mark.position())),
                "cy", SvgPlot.number(y(scale, mark.value())), "r", radius);
    }

    /** What a series holds, in words. */
    static String description(Series series) {
        List<Series.Point> points = series.points();
        Units units = Units.of(series);
        return points.isEmpty() ? "No value." : "Latest " + units.label(points.get(points.size() - 1).value())
                + ", lowest " + units.label(points.stream().mapToDouble(Series.Point::value).min().orElseThrow())
                + ", highest " + units.label(points.stream().mapToDouble(Series.Point::value).max().orElseThrow()) + ".";
    }

    private static double y(Scale scale, double value) {
        return EDGE + (HEIGHT - 2 * EDGE) * (1 - scale.share01(value));
    }
}
