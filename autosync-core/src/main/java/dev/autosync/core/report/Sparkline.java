package dev.autosync.core.report;

import dev.autosync.trend.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A series in the room of a word: no axes, the latest value marked, the target as a dashed line. */
final class Sparkline {
    private static final int MOST = 120;
    private static final int HEIGHT = 36;
    private static final int EDGE = 4;

    private Sparkline() {}

    /** Draws nothing where there is no value. */
    static void write(Html html, Series series, OptionalDouble target) {
        List<Series.Point> points = series.points();
        if (points.isEmpty()) {
            return;
        }
        List<Mark> marks = Thinned.marks(points, MOST, point -> "");
        TimeAxis axis = TimeAxis.ofLines(points);
        List<Double> values = new ArrayList<>(points.stream().map(Series.Point::value).toList());
        target.ifPresent(values::add);
        Scale scale = Scale.tight(values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        html.open("svg", "class", "sparkline", "role", "img", "width", "100%", "height", Integer.toString(HEIGHT));
        html.element("title", series.name() + ", " + Labels.count(points.size(), "cycle"));
        html.element("desc", description(series));
        target.ifPresent(value -> {
            String y = SvgPlot.number(y(scale, value));
            html.empty("line", "class", "target", "x1", "0", "x2", "100%", "y1", y, "y2", y);
        });
        html.open("svg", "class", "stretched", "width", "100%", "height", Integer.toString(HEIGHT), "viewBox", "0 0 1000 " + HEIGHT,
                "preserveAspectRatio", "none");
        html.empty("path", "class", "line blue", "d", SvgPlot.path(marks, axis, mark -> y(scale, mark.value()))).close();
        SvgPlot.alone(marks).forEach(mark -> dot(html, axis, scale, mark, "1.5"));
        dot(html, axis, scale, marks.get(marks.size() - 1), "3");
        html.close();
    }

    private static void dot(Html html, TimeAxis axis, Scale scale, Mark mark, String radius) {
        html.empty("circle", "class", "dot blue", "cx", SvgPlot.percent(axis.x01(mark.position())), "cy", SvgPlot.number(y(scale, mark.value())),
                "r", radius);
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
