package dev.autosync.core.report;

import static dev.autosync.core.report.MarkdownText.code;
import static dev.autosync.core.report.MarkdownText.row;
import static dev.autosync.core.report.MarkdownText.safe;

import dev.autosync.SyncReport;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import dev.autosync.testing.TestResult;
import dev.autosync.trend.Kpi;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code kpi_summary.md}, in the Markdown of GitHub, so that it serves as the summary of a CI job too. */
final class MarkdownReporter implements Reporter {
    static final String FILE = "kpi_summary.md";

    private static final int MAX_TESTS = 20;
    /** The summary of a CI job is cut at a mebibyte. */
    private static final int MAX_PATCHES = 1_000;

    @Override
    public void report(SyncReport report, ReportOutput output) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(safe(report.title())).append("\n\n");
        text.append("Cycle `").append(code(report.cycle())).append("`, ").append(report.startedAt()).append(": tests **")
                .append(report.green() ? "green" : "not green").append("**, ").append(Labels.seconds(report.duration())).append(".\n");
        kpis(report, text);
        MarkdownHistory.write(report, text);
        patches(report.batch(), text);
        culprits(report.batch(), text);
        runs(report.batch(), text);
        restored(report.batch(), text);
        workspace(report, text);
        warnings(report, text);
        output.file(FILE, text.toString());
    }

    private static void kpis(SyncReport report, StringBuilder text) {
        text.append("\n## KPI\n\n");
        if (report.kpis().isEmpty()) {
            text.append("No figures are watched.\n");
            return;
        }
        text.append("| KPI | Value | Target | Weight | |\n| --- | ---: | ---: | ---: | --- |\n");
        for (Kpi kpi : report.kpis()) {
            row(text, safe(kpi.name()), safe(Labels.value(kpi)), safe(Labels.target(kpi)), Double.toString(kpi.weight()),
                    kpi.target().isEmpty() ? "" : kpi.met() ? "met" : "**missed**");
        }
    }

    private static void patches(BatchReport batch, StringBuilder text) {
        text.append("\n## Patches\n\n");
        if (batch.outcomes().isEmpty()) {
            text.append("There were none.\n");
            return;
        }
        text.append("| Patch | Format | Outcome | Reason |\n| --- | --- | --- | --- |\n");
        for (PatchOutcome outcome : batch.outcomes().subList(0, Math.min(MAX_PATCHES, batch.outcomes().size()))) {
            row(text, safe(outcome.patch().id()), safe(outcome.patch().format()), Labels.of(outcome.kind()),
                    safe(outcome.reason()) + Nearest.lines(outcome).stream().map(line -> "<br>`" + code(line) + "`").collect(Collectors.joining()));
        }
        if (batch.outcomes().size() > MAX_PATCHES) {
            text.append('\n').append(Labels.more(batch.outcomes().size() - MAX_PATCHES)).append(".\n");
        }
    }

    private static void culprits(BatchReport batch, StringBuilder text) {
        List<PatchOutcome> culprits = batch.outcomes(PatchOutcome.Kind.BLAMED);
        if (culprits.isEmpty()) {
            return;
        }
        text.append("\n## Culprits\n");
        for (PatchOutcome outcome : culprits) {
            if (outcome instanceof PatchOutcome.Blamed blamed) {
                text.append("\n### ").append(safe(outcome.patch().id())).append("\n\n").append(safe(outcome.reason())).append(". ")
                        .append(safe(Labels.evidence(blamed.blame()))).append("\n\n");
                List<TestResult> failures = blamed.blame().failures();
                failures.stream().limit(MAX_TESTS).forEach(test -> text.append("- `").append(code(test.id())).append('`')
                        .append(test.message().isEmpty() ? "" : ": " + safe(test.message())).append('\n'));
                if (failures.size() > MAX_TESTS) {
                    text.append("- and ").append(failures.size() - MAX_TESTS).append(" more\n");
                }
            }
        }
    }

    private static void runs(BatchReport batch, StringBuilder text) {
        if (batch.runs().isEmpty()) {
            return;
        }
        text.append("\n## Test runs\n\n").append(batch.runs().size()).append(" runs; one by one it would have been ")
                .append(batch.runsOneByOne()).append(".\n\n");
        text.append("| Run | Patches in the tree | Verdict | Tests | Failed | Time |\n| ---: | ---: | --- | ---: | ---: | ---: |\n");
        for (BatchRun run : batch.runs()) {
            row(text, run.number() == 0 ? "baseline" : Integer.toString(run.number()), Integer.toString(run.patches().size()),
                    run.run().verdict().name(), Integer.toString(run.run().results().size()),
                    Integer.toString(run.run().failures().size()), Labels.seconds(run.run().duration()));
        }
    }

    private static void restored(BatchReport batch, StringBuilder text) {
        if (batch.restored().isEmpty()) {
            return;
        }
        text.append("\n## Put back\n\n| File | SHA-256 before | SHA-256 read back | |\n| --- | --- | --- | --- |\n");
        for (RestoredFile file : batch.restored()) {
            row(text, safe(file.path()), hash(file.before().orElse("")), hash(file.after().orElse("")),
                    file.same() ? "same" : "**changed by somebody else**");
        }
    }

    private static void workspace(SyncReport report, StringBuilder text) {
        text.append("\n## Workspace\n\n| | Files | Bytes | Content |\n| --- | ---: | ---: | --- |\n");
        row(text, "before", Integer.toString(report.before().files()), Long.toString(report.before().bytes()),
                hash(report.before().contentHash()));
        row(text, "after", Integer.toString(report.after().files()), Long.toString(report.after().bytes()),
                hash(report.after().contentHash()));
    }

    private static void warnings(SyncReport report, StringBuilder text) {
        if (!report.warnings().isEmpty()) {
            text.append("\n## Warnings\n\n");
            report.warnings().forEach(warning -> text.append("- ").append(safe(warning)).append('\n'));
        }
    }

    private static String hash(String hex) {
        return hex.isEmpty() ? "(not there)" : "`" + Labels.hash(hex) + "`";
    }
}
