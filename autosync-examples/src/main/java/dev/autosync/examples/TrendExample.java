package dev.autosync.examples;

import dev.autosync.history.Stores;
import dev.autosync.spi.Store;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.util.List;

/** The analysis without an engine: what the history of a workspace shows. */
final class TrendExample {
    private TrendExample() {}

    static TrendReport analyze(Path workspace) {
        // @start region="trends"
        TrendAnalyzer analyzer = TrendAnalyzer.builder()
                .cycles(100)
                .alerts(List.of(
                        AlertRule.below("success", 1), // the latest cycle was not green
                        AlertRule.worsening("cycle-seconds", 0.01))) // cycles get slower
                .build();
        try (Store store = Stores.open(workspace, "json")) {
            TrendReport report = analyzer.analyze(store);
            report.trends().forEach(trend -> System.out.println(trend.series().name() + ": " + trend.movement()));
            report.flakyTests().forEach(System.out::println);
            report.alerts().forEach(System.out::println);
            return report;
        }
        // @end
    }
}
