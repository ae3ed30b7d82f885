package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.patch.BatchRun;
import java.util.List;

/** The runs of the tests that decided about the patches. */
final class RunSection implements HtmlSection {
    private static final int MOST = 100;

    @Override
    public String id() {
        return "runs";
    }

    @Override
    public String heading() {
        return "Test runs";
    }

    @Override
    public int count(SyncReport report) {
        return report.batch().runs().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<BatchRun> runs = report.batch().runs();
        if (runs.isEmpty()) {
            html.element("p", "No tests were run in this cycle.", "class", "empty");
            return;
        }
        new HtmlTable<BatchRun>("Runs of the tests in this cycle", MOST)
                .text("Run", run -> Labels.run(run.number()))
                .column("Verdict", (cell, run) -> Tone.of(run.run().verdict()).badge(cell, Labels.word(run.run().verdict())))
                .number("Patches", run -> Integer.toString(run.patches().size()))
                .number("Tests", run -> Integer.toString(run.run().results().size()))
                .number("Failed", run -> Integer.toString(run.run().failures().size()))
                .number("Time", run -> Labels.seconds(run.run().duration()))
                .text("Reason", run -> run.run().reason())
                .write(html, runs);
    }
}
