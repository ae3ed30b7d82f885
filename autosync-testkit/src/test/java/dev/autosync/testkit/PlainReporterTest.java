package dev.autosync.testkit;

import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Reporter;

class PlainReporterTest extends ReporterContract {

    @Override
    protected Reporter reporter() {
        return (report, output) -> {
            output.console(report.summary());
            StringBuilder html = new StringBuilder("<ul>");
            for (PatchOutcome outcome : report.batch().outcomes()) {
                String reason = outcome.reason().replaceAll("\\p{Cntrl}|[\\u202a-\\u202e\\u2066-\\u2069]", "?");
                output.console(outcome.patch().id() + ": " + reason);
                html.append("<li>").append(reason.replace("&", "&amp;").replace("<", "&lt;"));
            }
            output.file("report.html", html.append("</ul>").toString());
        };
    }
}
