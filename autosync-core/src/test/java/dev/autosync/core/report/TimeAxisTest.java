package dev.autosync.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PT1H  | 7 | 23 Nov 11:50, 23 Nov 13:50, 23 Nov 15:50, 23 Nov 17:50",
        "PT24H | 7 | 23 Nov, 25 Nov, 27 Nov, 29 Nov",
        "P100D | 7 | Nov 2026, Jun 2027, Dec 2027, Jul 2028",
        "PT1H  | 2 | 23 Nov 11:50, 23 Nov 12:50",
        "PT1H  | 1 | 23 Nov 11:50",
    })
    void namesAFewDates(Duration between, int cycles, String dates) {
        TimeAxis axis = TimeAxis.ofLines(points(between, cycles));
        assertThat(axis.labels()).extracting(TimeAxis.Label::text).containsExactly(dates.split(", "));
    }

    @Test
    void leavesOutDatesThatWouldOverlap() {
        List<Series.Point> points = List.of(point(0, Duration.ZERO), point(60, Duration.ofDays(4)), point(70, Duration.ofDays(5)));
        assertThat(TimeAxis.ofLines(points).labels()).extracting(TimeAxis.Label::text).containsExactly("23 Nov", "28 Nov");
    }

    @Test
    void goesFromEdgeToEdgeWithLinesAndLeavesRoomForBars() {
        List<Series.Point> points = points(Duration.ofHours(1), 5);

        assertThat(TimeAxis.ofLines(points).x01(0)).isZero();
        assertThat(TimeAxis.ofLines(points).x01(4)).isEqualTo(1);
        assertThat(TimeAxis.ofBars(points).x01(0)).isEqualTo(0.1);
        assertThat(TimeAxis.ofBars(points).width01()).isEqualTo(0.2);
        assertThat(TimeAxis.ofLines(points(Duration.ZERO, 1)).x01(0)).isEqualTo(0.5);
    }

    private static List<Series.Point> points(Duration between, int cycles) {
        return IntStream.range(0, cycles).mapToObj(i -> point(i, between.multipliedBy(i))).toList();
    }

    private static Series.Point point(int position, Duration after) {
        return Series.Point.of(position, "c", 1, Instant.parse("2026-11-23T11:50:34Z").plus(after), 1);
    }
}
