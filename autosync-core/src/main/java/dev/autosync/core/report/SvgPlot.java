package dev.autosync.core.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A plot of values over cycles, as inline SVG.
 *
 * <p>It takes the width that there is while its text keeps its size: what stands on the horizontal axis is placed in per cent, and the lines,
 * which cannot be, are in a picture of their own that is stretched.
 */
final class SvgPlot {
    private static final int TOP = 10;
    private static final int HEIGHT = 150;
    private static final int BOTTOM = 24;
    private static final int CHAR = 7;

    private final String id;
    private final String title;
    private final String description;
    private final Scale scale;
    private final TimeAxis axis;
    private final Function<Double, String> unit;
    private final List<Consumer<Html>> layers = new ArrayList<>();

    /**
     * An empty plot.
     *
     * @param id unique in the page
     * @param description what is to be seen, for who does not see it
     * @param unit how a tick is called
     */
    SvgPlot(String id, String title, String description, Scale scale, TimeAxis axis, Function<Double, String> unit) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.scale = scale;
        this.axis = axis;
        this.unit = unit;
    }

    /** Joins marks that follow on each other; one that stands alone is a dot. */
    SvgPlot line(String style, List<Mark> marks) {
        layers.add(html -> {
            html.open("svg", "y", Integer.toString(TOP), "width", "100%", "height", Integer.toString(HEIGHT),
                    "viewBox", "0 0 1000 " + HEIGHT, "preserveAspectRatio", "none");
            html.empty("path", "class", "line " + style, "d", path(marks, axis, mark -> y(mark.value()) - TOP));
            html.close();
        });
        return dots(mark -> "dot " + style, alone(marks));
    }

    /** A dot for each mark. */
    SvgPlot dots(Function<Mark, String> style, List<Mark> marks) {
        layers.add(html -> marks.forEach(mark -> told(html, mark, "circle", "class", style.apply(mark),
                "cx", percent(axis.x01(mark.position())), "cy", number(y(mark.value())), "r", "3")));
        return this;
    }

    /** A bar from zero for each mark. */
    SvgPlot bars(String style, List<Mark> marks) {
        double width = Math.min(0.06, axis.width01() * 0.7);
        layers.add(html -> marks.stream().filter(mark -> mark.value() != 0).forEach(mark -> {
            double y = Math.min(y(mark.value()), y(0));
            told(html, mark, "rect", "class", "bar " + style, "x", percent(axis.x01(mark.position()) - width / 2), "width", percent(width), "y", number(y),
                    "height", number(Math.abs(y(mark.value()) - y(0))));
        }));
        return this;
    }

    void write(Html html) {
        List<String> ticks = scale.ticks().stream().map(unit).toList();
        int gutter = CHAR * ticks.stream().mapToInt(String::length).max().orElseThrow() + 12;
        html.open("div", "class", "plot", "style", "padding-left:" + gutter + "px");
        html.open("svg", "role", "img", "aria-labelledby", id + "-title " + id + "-desc", "width", "100%",
                "height", Integer.toString(TOP + HEIGHT + BOTTOM), "class", "field");
        html.element("title", title, "id", id + "-title").element("desc", description, "id", id + "-desc");
        frame(html, ticks);
        layers.forEach(layer -> layer.accept(html));
        html.close().close();
    }

    private void frame(Html html, List<String> ticks) {
        for (int i = 0; i < ticks.size(); i++) {
            String y = number(y(scale.ticks().get(i)));
            html.empty("line", "class", i == 0 ? "base" : "grid", "x1", "0", "x2", "100%", "y1", y, "y2", y);
            html.element("text", ticks.get(i), "x", "-8", "y", y, "dy", "0.35em", "text-anchor", "end");
        }
        List<TimeAxis.Label> labels = axis.labels();
        for (int i = 0; i < labels.size(); i++) {
            TimeAxis.Label label = labels.get(i);
            boolean middle = i > 0 && i < labels.size() - 1;
            String anchor = label.x01() < 0.1 ? "start" : label.x01() > 0.9 ? "end" : "middle";
            html.element("text", label.text(), "class", middle ? "date between" : "date", "x", percent(label.x01()),
                    "y", Integer.toString(TOP + HEIGHT + 17), "text-anchor", anchor);
        }
    }

    /** A line in a field that is 1000 wide. */
    static String path(List<Mark> marks, TimeAxis axis, ToDoubleFunction<Mark> y) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            path.append(joined(marks, i) ? 'L' : 'M').append(number(1000 * axis.x01(mark.position()))).append(' ')
                    .append(number(y.applyAsDouble(mark)));
        }
        return path.toString();
    }

    /** The marks that no line leads to or from. */
    static List<Mark> alone(List<Mark> marks) {
        return IntStream.range(0, marks.size()).filter(i -> !joined(marks, i) && (i + 1 == marks.size() || !joined(marks, i + 1)))
                .mapToObj(marks::get).toList();
    }

    private static boolean joined(List<Mark> marks, int i) {
        return i > 0 && marks.get(i).slot() - marks.get(i - 1).slot() <= 1;
    }

    private double y(double value) {
        return TOP + HEIGHT * (1 - scale.share01(value));
    }

    private static void told(Html html, Mark mark, String shape, String... attributes) {
        html.open(shape, attributes).element("title", mark.told()).close();
    }

    static String percent(double share01) {
        return number(100 * share01) + "%";
    }

    /** A coordinate to the hundredth. */
    static String number(double coordinate) {
        return BigDecimal.valueOf(coordinate).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
