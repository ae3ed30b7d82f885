package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.trend.TrendReport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The head of the page: which cycle this is, its verdict, and the figures that one wants first. */
final class PageHeader {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private PageHeader() {}

    static void write(SyncReport report, Html html) {
        html.open("header", "class", "page").open("div", "class", "title").open("div");
        html.element("h1", report.title());
        html.open("p", "class", "cycle").text("Cycle ").element("code", report.cycle()).text(" on ")
                .element("time", TIME.format(report.startedAt()), "datetime", report.startedAt().toString())
                .text(", took " + Labels.seconds(report.duration())).close();
        html.close();
        html.open("p", "class", "verdict");
        (report.green() ? Tone.GOOD : Tone.BAD).badge(html, verdict(report));
        html.close().close();
        tiles(report, html);
        html.close();
    }

    static String verdict(SyncReport report) {
        return report.green() ? "Tests green" : "Tests not green";
    }

    private static void tiles(SyncReport report, Html html) {
        TrendReport trends = report.trends();
        int patches = report.batch().outcomes().size();
        html.open("dl", "class", "tiles");
        tile(html, "Success rate", trends.successRate01().isPresent() ? Labels.percent(trends.successRate01().getAsDouble()) : "\u2013",
                trends.cycles() == 0 ? "no history yet" : "of the last " + Labels.count(trends.cycles(), "cycle"));
        tile(html, "Patches landed", Labels.whole(report.batch().outcomes(PatchOutcome.Kind.APPLIED).size()),
                patches == 0 ? "there were none" : "of " + Labels.whole(patches));
        tile(html, "Culprits", Labels.whole(report.batch().outcomes(PatchOutcome.Kind.BLAMED).size()), "in this cycle");
        tile(html, "Test runs", Labels.whole(report.batch().runs().size()), "one by one: " + Labels.whole(report.batch().runsOneByOne()));
        tile(html, "KPI score", trends.kpiScore01().isPresent() ? Labels.percent(trends.kpiScore01().getAsDouble()) : "\u2013",
                trends.kpiScore01().isPresent() ? "of the weight is on target" : "no KPI has a target");
        tile(html, "Open alerts", Labels.whole(trends.alerts().size()), trends.alerts().isEmpty() ? "nothing to look at" : "to look at");
        html.close();
    }

    private static void tile(Html html, String name, String value, String note) {
        html.open("div").element("dt", name).element("dd", value, "class", "figure").element("dd", note, "class", "note").close();
    }
}
