package dev.autosync.testkit;

import dev.autosync.trend.Alert;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Trends that a test makes up.
 *
 * <p>Called by tests. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class SampleTrends implements TrendReport {
    private final List<Trend> trends;
    private final List<FlakyTest> flakyTests;
    private final List<Kpi> kpis;

    private SampleTrends(List<Trend> trends, List<FlakyTest> flakyTests, List<Kpi> kpis) {
        this.trends = List.copyOf(trends);
        this.flakyTests = List.copyOf(flakyTests);
        this.kpis = List.copyOf(kpis);
    }

    /**
     * A report.
     *
     * @param trends how series move
     * @return the report, with no flaky test, no KPI and no alert
     */
    public static SampleTrends of(Trend... trends) {
        return new SampleTrends(List.of(trends), List.of(), List.of());
    }

    /**
     * The same with flaky tests.
     *
     * @param tests the tests
     * @return a new report
     */
    public SampleTrends flaky(FlakyTest... tests) {
        return new SampleTrends(trends, List.of(tests), kpis);
    }

    /**
     * The same with KPIs.
     *
     * @param latest the KPIs with their latest values
     * @return a new report
     */
    public SampleTrends kpis(Kpi... latest) {
        return new SampleTrends(trends, flakyTests, List.of(latest));
    }

    @Override
    public int cycles() {
        return trends.stream().mapToInt(trend -> trend.series().points().size()).max().orElse(0);
    }

    @Override
    public OptionalDouble successRate01() {
        return OptionalDouble.empty();
    }

    @Override
    public List<Trend> trends() {
        return trends;
    }

    @Override
    public List<Kpi> kpis() {
        return kpis;
    }

    @Override
    public OptionalDouble kpiScore01() {
        return OptionalDouble.empty();
    }

    @Override
    public List<FlakyTest> flakyTests() {
        return flakyTests;
    }

    @Override
    public List<Alert> alerts() {
        return List.of();
    }
}
