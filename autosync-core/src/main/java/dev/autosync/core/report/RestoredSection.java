package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.patch.RestoredFile;
import dev.autosync.patch.TestChange;
import java.util.List;

/** The files that were changed for a test and put back, and those that others changed meanwhile. */
final class RestoredSection implements HtmlSection {
    private static final int MOST = 100;
    private static final String NOT_THERE = "(not there)";

    @Override
    public String id() {
        return "restored";
    }

    @Override
    public String heading() {
        return "Put back";
    }

    @Override
    public int count(SyncReport report) {
        return report.batch().restored().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<RestoredFile> restored = report.batch().restored();
        if (restored.isEmpty()) {
            html.element("p", "No file had to be put back.", "class", "empty");
        } else {
            new HtmlTable<RestoredFile>("Files that were put back", MOST)
                    .code("File", RestoredFile::path)
                    .code("SHA-256 before", file -> file.before().map(Labels::hash).orElse(NOT_THERE))
                    .code("SHA-256 read back", file -> file.after().map(Labels::hash).orElse(NOT_THERE))
                    .column("Result", (cell, file) -> (file.same() ? Tone.GOOD : Tone.WARN)
                            .badge(cell, file.same() ? "same" : "changed by somebody else"))
                    .write(html, restored);
        }
        List<String> foreign = report.batch().foreignChanges();
        if (!foreign.isEmpty()) {
            html.element("p", "Files that the tests or somebody else changed during the cycle, left alone:");
            html.open("ul");
            foreign.stream().limit(MOST).forEach(path -> html.open("li").element("code", path).close());
            if (foreign.size() > MOST) {
                html.element("li", Labels.more(foreign.size() - MOST), "class", "note");
            }
            html.close();
        }
        List<TestChange> undone = report.batch().testChanges().stream().filter(change -> change.treatment() == TestChange.Treatment.UNDONE).toList();
        if (!undone.isEmpty()) {
            new HtmlTable<TestChange>("Files that changed while tests ran and were put back", MOST)
                    .code("File", TestChange::path)
                    .code("Saved as", change -> change.saved().orElse(NOT_THERE))
                    .write(html, undone);
        }
    }
}
