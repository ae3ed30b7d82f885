package dev.autosync.testkit.example;

import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import java.io.IOException;

/** Writes a line for each patch: its id, what became of it, and why. */
final class CsvReporter implements Reporter {
    private static final int MAX_CELL = 500;

    private final String file;

    CsvReporter(String file) {
        this.file = file;
    }

    @Override
    public void report(SyncReport report, ReportOutput output) throws IOException {
        StringBuilder csv = new StringBuilder("patch,outcome,reason\n");
        for (PatchOutcome outcome : report.batch().outcomes()) {
            csv.append(cell(outcome.patch().id())).append(',').append(cell(outcome.kind().name())).append(',')
                    .append(cell(outcome.reason())).append('\n');
        }
        output.file(file, csv.toString());
    }

    /** On one line, of bounded length, quoted; and no formula, since spreadsheets run those. */
    private static String cell(String text) {
        String line = text.substring(0, Math.min(MAX_CELL, text.length())).replaceAll("\\p{C}", " ").replace("\"", "\"\"");
        return '"' + (line.matches("\\s*[=+@-].*") ? "'" : "") + line + '"';
    }
}
