package dev.autosync.core.report;

import dev.autosync.trend.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Makes of a series no more marks than a plot can show. Of points that fall together the least and the greatest stay: no peak is lost. */
final class Thinned {
    /** More would not be told apart, and the file must not grow with the history. */
    static final int MOST = 500;

    private Thinned() {}

    /** Marks in the order of the points, at most {@link #MOST}. */
    static List<Mark> marks(List<Series.Point> points, Function<Series.Point, String> told) {
        return marks(points, MOST, told);
    }

    /** Marks in the order of the points, at most so many. */
    static List<Mark> marks(List<Series.Point> points, int most, Function<Series.Point, String> told) {
        if (points.size() <= most) {
            return points.stream().map(point -> mark(point, point.position(), told)).toList();
        }
        int first = points.get(0).position();
        double width = (points.get(points.size() - 1).position() - first + 1) / (most / 2.0);
        List<Mark> marks = new ArrayList<>();
        int from = 0;
        while (from < points.size()) {
            int slot = slot(points.get(from), first, width);
            int to = from;
            while (to < points.size() && slot(points.get(to), first, width) == slot) {
                to++;
            }
            extremes(points.subList(from, to)).forEach(point -> marks.add(mark(point, slot, told)));
            from = to;
        }
        return marks;
    }

    private static List<Series.Point> extremes(List<Series.Point> points) {
        Series.Point least = points.stream().min(Comparator.comparingDouble(Series.Point::value)).orElseThrow();
        Series.Point greatest = points.stream().max(Comparator.comparingDouble(Series.Point::value)).orElseThrow();
        return least == greatest ? List.of(least)
                : least.position() < greatest.position() ? List.of(least, greatest) : List.of(greatest, least);
    }

    private static int slot(Series.Point point, int first, double width) {
        return (int) ((point.position() - first) / width);
    }

    private static Mark mark(Series.Point point, int slot, Function<Series.Point, String> told) {
        return new Mark(point.position(), slot, point.value(), told.apply(point));
    }
}
