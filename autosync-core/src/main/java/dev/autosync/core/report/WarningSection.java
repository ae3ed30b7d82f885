package dev.autosync.core.report;

import dev.autosync.SyncReport;
import java.util.List;

/** What somebody should look at and that did not fail the cycle. */
final class WarningSection implements HtmlSection {
    private static final int MOST = 100;

    @Override
    public String id() {
        return "warnings";
    }

    @Override
    public String heading() {
        return "Warnings";
    }

    @Override
    public int count(SyncReport report) {
        return report.warnings().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<String> warnings = report.warnings();
        if (warnings.isEmpty()) {
            html.element("p", "There were no warnings.", "class", "empty");
            return;
        }
        html.open("ul", "class", "notices");
        warnings.stream().limit(MOST).forEach(warning -> {
            html.open("li", "class", "notice");
            Tone.WARN.badge(html, "warning");
            html.element("p", warning).close();
        });
        html.close();
        if (warnings.size() > MOST) {
            html.element("p", Labels.more(warnings.size() - MOST) + ".", "class", "more");
        }
    }
}
