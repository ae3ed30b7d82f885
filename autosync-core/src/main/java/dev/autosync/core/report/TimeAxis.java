package dev.autosync.core.report;

import dev.autosync.trend.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Where cycles stand in a plot: one beside the other, whatever time lies between them, with the dates of some of them. */
final class TimeAxis {
    private static final int LABELS = 4;
    private static final double LEAST_ROOM = 0.2;

    private final List<Series.Point> points;
    private final double start;
    private final double length;

    private TimeAxis(List<Series.Point> points, double room) {
        this.points = points;
        double first = points.stream().mapToInt(Series.Point::position).min().orElseThrow();
        double last = points.stream().mapToInt(Series.Point::position).max().orElseThrow();
        this.start = first - room;
        this.length = last - first + 2 * room;
    }

    /** From edge to edge, for lines. At least one point; those that it must have room for, in their order. */
    static TimeAxis ofLines(List<Series.Point> points) {
        return new TimeAxis(points, 0);
    }

    /** With the same room for each cycle, for bars and dots. At least one point; those that it must have room for, in their order. */
    static TimeAxis ofBars(List<Series.Point> points) {
        return new TimeAxis(points, 0.5);
    }

    /** A date below a plot. */
    record Label(double x01, String text) {}

    /** Where a cycle stands, from 0 to 1; a single one stands in the middle. */
    double x01(double position) {
        return length == 0 ? 0.5 : Math.max(0, Math.min(1, (position - start) / length));
    }

    /** How much room one cycle has, of 1. */
    double width01() {
        return 1 / Math.max(1, length);
    }

    /** Dates of a few cycles, from left to right, none too near to another. */
    List<Label> labels() {
        Instant from = points.get(0).at();
        Instant to = points.get(points.size() - 1).at();
        DateTimeFormatter format = format(Duration.between(from, to).abs());
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            Series.Point point = nearest((double) i / (LABELS - 1));
            Label label = new Label(x01(point.position()), format.format(point.at()));
            if (i == LABELS - 1 && labels.size() > 1 && !hasRoom(labels, label)) {
                labels.remove(labels.size() - 1);
            }
            if (labels.isEmpty() || hasRoom(labels, label)) {
                labels.add(label);
            }
        }
        return labels;
    }

    private static boolean hasRoom(List<Label> labels, Label label) {
        return label.x01() - labels.get(labels.size() - 1).x01() >= LEAST_ROOM;
    }

    private Series.Point nearest(double x01) {
        return points.stream().min(Comparator.comparingDouble(point -> Math.abs(x01(point.position()) - x01))).orElseThrow();
    }

    private static DateTimeFormatter format(Duration span) {
        String pattern = span.toDays() > 330 ? "MMM uuuu" : span.toDays() >= 3 ? "d MMM" : "d MMM HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
