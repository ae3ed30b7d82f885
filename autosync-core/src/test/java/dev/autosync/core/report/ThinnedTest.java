package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.Series;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ThinnedTest {
    @Property(tries = 100)
    void keepsEveryPeakAndTheOrderInBoundedRoom(@ForAll @IntRange(min = 0, max = 3000) int size, @ForAll long seed) {
        Random random = new Random(seed);
        List<Series.Point> points = IntStream.range(0, size).mapToObj(i -> point(3 * i, random.nextGaussian())).toList();

        List<Mark> marks = Thinned.marks(points, Series.Point::cycle);

        assertThat(marks).hasSizeLessThanOrEqualTo(Thinned.MOST);
        assertThat(marks).extracting(Mark::position).isSorted();
        assertThat(marks.stream().mapToDouble(Mark::value).max()).isEqualTo(points.stream().mapToDouble(Series.Point::value).max());
        assertThat(marks.stream().mapToDouble(Mark::value).min()).isEqualTo(points.stream().mapToDouble(Series.Point::value).min());
    }

    @Test
    void keepsGaps() {
        List<Mark> few = Thinned.marks(List.of(point(0, 1), point(1, 1), point(5, 1)), Series.Point::cycle);
        List<Mark> many = Thinned.marks(IntStream.range(0, 5000).filter(i -> i < 2000 || i >= 3000).mapToObj(i -> point(i, i)).toList(),
                Series.Point::cycle);

        assertThat(SvgPlot.alone(few)).extracting(Mark::position).containsExactly(5.0);
        assertThat(IntStream.range(1, many.size()).filter(i -> many.get(i).slot() - many.get(i - 1).slot() > 1)).hasSize(1);
    }

    private static Series.Point point(int position, double value) {
        return Series.Point.of(position, "cycle-" + position, 1, Instant.EPOCH, value);
    }
}
