package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import dev.autosync.testing.TestResult;
import dev.autosync.trend.Kpi;
import java.util.ArrayList;
import java.util.List;

/** Prints a cycle for the person in front of the program: every patch with its reason, culprits with the tests that convict them. */
final class ConsoleReporter implements Reporter {
    private static final int MAX_TESTS = 3;
    private static final int MAX_ALERTS = 10;
    private static final int MAX_TRENDS = 10;
    private static final int MAX_LINE = 160;

    @Override
    public void report(SyncReport report, ReportOutput output) {
        List<String> lines = new ArrayList<>();
        int width = report.batch().outcomes().stream().mapToInt(outcome -> outcome.patch().id().length()).max().orElse(0);
        for (PatchOutcome outcome : report.batch().outcomes()) {
            lines.add(String.format("  %-15s %-" + Math.max(1, Math.min(width, 50)) + "s  %s", Labels.of(outcome.kind()),
                    line(outcome.patch().id()), line(outcome.reason())).stripTrailing());
            Nearest.lines(outcome).forEach(text -> lines.add("                    " + text));
            if (outcome instanceof PatchOutcome.Blamed blamed) {
                List<TestResult> failures = blamed.blame().failures();
                failures.stream().limit(MAX_TESTS).forEach(test -> lines.add("                    " + line(test.id())));
                if (failures.size() > MAX_TESTS) {
                    lines.add("                    and " + (failures.size() - MAX_TESTS) + " more");
                }
            }
        }
        for (Kpi kpi : report.kpis()) {
            lines.add("  " + line(kpi.name()) + " " + line(Labels.value(kpi)) + (kpi.target().isPresent()
                    ? " (target " + line(Labels.target(kpi)) + (kpi.met() ? ", met)" : ", missed)") : "")
                    + report.trends().trend(Trends.seriesOf(kpi.name())).filter(Trends::moves).map(trend -> ", " + Labels.movement(trend))
                            .orElse(""));
        }
        history(report, lines);
        output.console(Untrusted.block(report.summary(), 20_000));
        if (!lines.isEmpty()) {
            output.console(String.join("\n", lines));
        }
    }

    private static void history(SyncReport report, List<String> lines) {
        report.trends().alerts().stream().limit(MAX_ALERTS).forEach(alert -> lines.add("  alert           " + line(alert.message())));
        report.trends().trends().stream().filter(Trends::moves).limit(MAX_TRENDS).forEach(trend -> lines.add("  trend           "
                + line(Labels.series(trend.series().name())) + ": " + Labels.movement(trend) + ", " + line(Labels.slope(trend)) + ", "
                + Labels.pValue(trend.pValue())));
        report.trends().flakyTests().stream().limit(MAX_TESTS).forEach(test -> lines.add("  flaky           " + line(test.id()) + ", "
                + test.failures() + " of " + test.runs() + " runs"));
        Lessons.open(report, Lessons.FEW).forEach(lesson -> lines.add("  suggestion      " + line(lesson.suggestion().problem()) + ": "
                + line(lesson.suggestion().solution()) + " (" + Math.round(lesson.points()) + " points)"));
        Lessons.adopted(report).stream().filter(lesson -> lesson.feedback().isPresent()).limit(Lessons.FEW)
                .forEach(lesson -> lines.add("  adopted         " + line(lesson.suggestion().solution()) + ": "
                        + line(lesson.feedback().map(Labels::feedback).orElse(""))));
    }

    private static String line(String text) {
        return Untrusted.line(text, MAX_LINE);
    }
}
