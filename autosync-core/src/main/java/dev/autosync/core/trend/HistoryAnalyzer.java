package dev.autosync.core.trend;

import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From events to a report: latest cycles, series, trends, flaky tests, KPIs, alerts. Immutable. */
final class HistoryAnalyzer implements TrendAnalyzer {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryAnalyzer.class);

    private final int cycles;
    private final double significance;
    private final Alerts alerts;

    HistoryAnalyzer(int cycles, double significance, Optional<List<AlertRule>> rules) {
        this.cycles = cycles;
        this.significance = significance;
        this.alerts = new Alerts(rules);
    }

    @Override
    public TrendReport analyze(Store store) {
        HistoryWindow window = new HistoryWindow(cycles);
        window.refresh(store);
        return analyze(window.events());
    }

    @Override
    public TrendReport analyze(List<StoredEvent> history) {
        Payloads payloads = new Payloads();
        List<RecordedCycle> latest = new CycleReader(payloads).read(LatestEvents.ofCycles(history, cycles));
        CurrentKpis kpis = CurrentKpis.of(latest, payloads);
        List<Trend> trends = series(latest, kpis).map(series -> TrendTest.of(series, significance)).toList();
        if (payloads.unreadable() > 0) {
            LOG.debug("Left out {} events of the history whose payload cannot be read", payloads.unreadable());
        }
        return new HistoryReport(latest.size(), successRate01(latest), trends, kpis.values(), kpis.score01(), FlakySearch.in(latest),
                alerts.of(trends.stream().filter(trend -> !kpis.isGone(trend.series())).toList()));
    }

    private static Stream<Series> series(List<RecordedCycle> cycles, CurrentKpis kpis) {
        return Stream.of(CycleSeries.of(cycles), kpis.series(), FailureSeries.of(cycles)).flatMap(List::stream);
    }

    private static OptionalDouble successRate01(List<RecordedCycle> cycles) {
        return cycles.stream().mapToDouble(cycle -> cycle.green() ? 1 : 0).average();
    }
}
