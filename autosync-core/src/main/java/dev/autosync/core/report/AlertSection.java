package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.trend.Alert;
import java.util.List;

/** What somebody should look at. */
final class AlertSection implements HtmlSection {
    private static final int MOST = 50;

    @Override
    public String id() {
        return "alerts";
    }

    @Override
    public String heading() {
        return "Alerts";
    }

    @Override
    public int count(SyncReport report) {
        return report.trends().alerts().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        List<Alert> alerts = report.trends().alerts();
        if (alerts.isEmpty()) {
            html.element("p", "No alert is open.", "class", "empty");
            return;
        }
        html.open("ul", "class", "notices");
        alerts.stream().limit(MOST).forEach(alert -> {
            html.open("li", "class", "notice");
            Tone.WARN.badge(html, "alert");
            html.open("div").element("p", alert.message());
            html.open("p", "class", "note").element("code", alert.id()).text(", " + Labels.events(alert.evidence())).close();
            html.close().close();
        });
        html.close();
        if (alerts.size() > MOST) {
            html.element("p", Labels.more(alerts.size() - MOST) + ".", "class", "more");
        }
    }
}
