package dev.autosync.testkit;

import dev.autosync.trend.Alert;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A history as it is told. */
record ReportedTrends(int cycles, OptionalDouble successRate01, List<Trend> trends, List<Kpi> kpis, OptionalDouble kpiScore01,
        List<FlakyTest> flakyTests, List<Alert> alerts) implements TrendReport {
    private static final Instant LAST = Instant.parse("2026-11-23T11:50:34.123Z");
    private static final Duration BETWEEN = Duration.ofHours(11);
    private static final int EVENTS_OF_A_CYCLE = 20;

    ReportedTrends {
        trends = List.copyOf(trends);
        kpis = List.copyOf(kpis);
        flakyTests = List.copyOf(flakyTests);
        alerts = List.copyOf(alerts);
    }

    /**
     * A series over cycles.
     *
     * @param value the value in a cycle; not a number where there is none
     */
    static Series series(String name, String unit, Kpi.@Nullable Direction better, int cycles, IntToDoubleFunction value) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < cycles; i++) {
            double number = value.applyAsDouble(i);
            if (!Double.isNaN(number)) {
                points.add(Series.Point.of(i, "cycle-" + (i + 1), (long) EVENTS_OF_A_CYCLE * (i + 1),
                        LAST.minus(BETWEEN.multipliedBy(cycles - 1L - i)), number));
            }
        }
        return Series.of(name, unit, better, points);
    }

    static Trend rising(Series series, double slope) {
        return Trend.of(series, Trend.Movement.RISING, 0.61, 0.0004, slope, slope * 0.7, slope * 1.3);
    }

    static Trend falling(Series series, double slope) {
        return Trend.of(series, Trend.Movement.FALLING, -0.58, 0.0007, slope, slope * 1.3, slope * 0.7);
    }

    static Trend steady(Series series) {
        return Trend.of(series, Trend.Movement.STEADY, 0.04, 0.71, 0.001, -0.01, 0.012);
    }

    static Trend unknown(Series series) {
        return Trend.of(series, Trend.Movement.UNKNOWN, 0, 1, 0, 0, 0);
    }

    /** A number from 0 to 1 that looks like chance and is the same in every run. */
    static double chance01(int i) {
        double wave = Math.sin(i * 12.9898 + 4.1414) * 43_758.5453;
        return wave - Math.floor(wave);
    }
}
