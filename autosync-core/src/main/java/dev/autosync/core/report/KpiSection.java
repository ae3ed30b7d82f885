package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.trend.Kpi;

/** A card for each KPI: its value against its target, and how it moves. */
final class KpiSection implements HtmlSection {
    private static final int MOST = 60;

    @Override
    public String id() {
        return "kpis";
    }

    @Override
    public String heading() {
        return "KPIs";
    }

    @Override
    public int count(SyncReport report) {
        return report.kpis().size();
    }

    @Override
    public void write(SyncReport report, Html html) {
        if (report.kpis().isEmpty()) {
            html.element("p", "No figures are watched.", "class", "empty");
            return;
        }
        html.open("ul", "class", "cards");
        report.kpis().stream().limit(MOST).forEach(kpi -> card(report, kpi, html));
        html.close();
        if (report.kpis().size() > MOST) {
            html.element("p", Labels.more(report.kpis().size() - MOST) + ".", "class", "more");
        }
    }

    private static void card(SyncReport report, Kpi kpi, Html html) {
        html.open("li", "class", "card kpi");
        html.open("div", "class", "row").element("h3", kpi.name());
        if (kpi.target().isPresent()) {
            (kpi.met() ? Tone.GOOD : Tone.BAD).badge(html, kpi.met() ? "met" : "missed");
        }
        html.close();
        html.open("p", "class", "figure").text(Labels.number(kpi.value())).element("span", kpi.unit(), "class", "unit").close();
        html.open("p", "class", "note").text(kpi.target().isPresent() ? "Target " + Labels.target(kpi) : "No target")
                .text(" \u00b7 weight " + Labels.number(kpi.weight())).close();
        report.trends().trend(Trends.seriesOf(kpi.name())).ifPresent(trend -> {
            Sparkline.write(html, trend.series(), kpi);
            html.open("p", "class", "note");
            TrendSection.movement(html, trend);
            html.close();
        });
        html.close();
    }
}
