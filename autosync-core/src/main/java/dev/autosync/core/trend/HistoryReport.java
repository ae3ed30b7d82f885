package dev.autosync.core.trend;

import dev.autosync.trend.Alert;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.List;
import java.util.OptionalDouble;

/** What a history shows. */
record HistoryReport(int cycles, OptionalDouble successRate01, List<Trend> trends, List<Kpi> kpis, OptionalDouble kpiScore01,
        List<FlakyTest> flakyTests, List<Alert> alerts) implements TrendReport {

    HistoryReport {
        trends = List.copyOf(trends);
        kpis = List.copyOf(kpis);
        flakyTests = List.copyOf(flakyTests);
        alerts = List.copyOf(alerts);
    }
}
