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
    private static final int MAX_LINE = 160;

    @Override
    public void report(SyncReport report, ReportOutput output) {
        List<String> lines = new ArrayList<>();
        int width = report.batch().outcomes().stream().mapToInt(outcome -> outcome.patch().id().length()).max().orElse(0);
        for (PatchOutcome outcome : report.batch().outcomes()) {
            lines.add(String.format("  %-15s %-" + Math.max(1, Math.min(width, 50)) + "s  %s", Labels.of(outcome.kind()),
                    line(outcome.patch().id()), line(outcome.reason())).stripTrailing());
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
                    ? " (target " + line(Labels.target(kpi)) + (kpi.met() ? ", met)" : ", missed)") : ""));
        }
        output.console(Untrusted.block(report.summary(), 20_000));
        if (!lines.isEmpty()) {
            output.console(String.join("\n", lines));
        }
    }

    private static String line(String text) {
        return Untrusted.line(text, MAX_LINE);
    }
}
