package dev.autosync.core.report;

import dev.autosync.core.json.JsonOut;
import dev.autosync.trend.Alert;
import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import dev.autosync.trend.TrendReport;
import java.util.List;

/** What the history shows, as JSON. */
final class JsonHistory {
    private JsonHistory() {}

    static void write(JsonOut out, TrendReport report) {
        out.number("cycles", report.cycles());
        report.successRate01().ifPresent(rate -> out.number("successRate", rate));
        report.kpiScore01().ifPresent(score -> out.number("kpiScore", score));
        out.objects("alerts", report.alerts(), JsonHistory::alert)
                .objects("trends", Trends.worthTelling(report), JsonHistory::trend)
                .objects("flakyTests", report.flakyTests(), JsonHistory::flaky);
    }

    private static void alert(JsonOut out, Alert alert) {
        out.text("id", alert.id()).text("message", alert.message()).numbers("evidence", alert.evidence());
    }

    private static void trend(JsonOut out, Trend trend) {
        Series series = trend.series();
        out.text("series", series.name()).text("unit", series.unit());
        series.better().ifPresent(better -> out.text("better", Labels.word(better)));
        out.text("movement", Labels.word(trend.movement()))
                .bool("improving", trend.improving())
                .bool("worsening", trend.worsening())
                .number("values", series.points().size());
        List<Series.Point> points = series.points();
        if (!points.isEmpty()) {
            out.number("latest", points.get(points.size() - 1).value());
        }
        finite(out, "tau", trend.tau());
        finite(out, "pValue", trend.pValue());
        finite(out, "slopePerCycle", trend.slopePerCycle());
        finite(out, "slopeLow", trend.slopeLow());
        finite(out, "slopeHigh", trend.slopeHigh());
    }

    private static void flaky(JsonOut out, FlakyTest test) {
        out.text("id", test.id()).number("runs", test.runs()).number("failures", test.failures())
                .number("failureRate", test.failureRate01()).numbers("evidence", test.evidence());
    }

    /** JSON has no word for what is not a number, nor for what is beyond all numbers. */
    static void finite(JsonOut out, String name, double number) {
        if (Double.isFinite(number)) {
            out.number(name, number);
        } else {
            out.text(name, null);
        }
    }
}
