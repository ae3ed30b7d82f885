package dev.autosync.core.report;

import dev.autosync.SyncReport;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Writes {@code dashboard.html}: one file that needs no other, runs no script and asks the network for nothing. It may be mailed, kept as an
 * artefact of a CI job, printed.
 *
 * <p>Its size has a limit: tables are cut, and plots thin their points.
 */
final class HtmlReporter implements Reporter {
    static final String FILE = "dashboard.html";

    private static final String STYLE_SHEET = "dashboard.css";
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    private static final List<HtmlSection> SECTIONS = List.of(new KpiSection(), new AlertSection(), new PlotSection(), new PatchSection(),
            new CulpritSection(), new RunSection(), new TrendSection(), new LessonSection(), new RestoredSection(), new WarningSection());

    @Override
    public void report(SyncReport report, ReportOutput output) throws IOException {
        Html html = new Html();
        html.open("html", "lang", "en");
        head(report, html);
        html.open("body");
        html.element("a", "Skip to the figures", "class", "skip", "href", "#main");
        PageHeader.write(report, html);
        navigation(report, html);
        html.open("main", "id", "main");
        SECTIONS.forEach(section -> section(section, report, html));
        html.close();
        footer(report, html);
        html.close().close();
        output.file(FILE, html.document());
    }

    private static void head(SyncReport report, Html html) throws IOException {
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        // Without an icon of its own a browser asks the server for one.
        html.empty("link", "rel", "icon", "href", "data:,");
        html.element("title", report.title() + ": " + PageHeader.verdict(report));
        html.style(styleSheet());
        html.close();
    }

    private static void navigation(SyncReport report, Html html) {
        html.open("nav", "aria-label", "Sections").open("ul");
        for (HtmlSection section : SECTIONS) {
            int count = section.count(report);
            html.open("li").open("a", "href", "#" + section.id()).text(section.heading());
            if (count > 0) {
                html.element("span", Labels.whole(count), "class", "count");
            }
            html.close().close();
        }
        html.close().close();
    }

    private static void section(HtmlSection section, SyncReport report, Html html) {
        String heading = section.id() + "-heading";
        html.open("section", "id", section.id(), "aria-labelledby", heading);
        html.element("h2", section.heading(), "id", heading);
        section.write(report, html);
        html.close();
    }

    private static void footer(SyncReport report, Html html) {
        html.open("footer");
        html.open("p").text("Workspace before ").element("code", report.before().toString()).text(", after ")
                .element("code", report.after().toString()).text(".").close();
        html.element("p", "Made by AutoSync. This page runs no script and loads nothing.");
        html.close();
    }

    private static String styleSheet() throws IOException {
        try (InputStream in = HtmlReporter.class.getResourceAsStream(STYLE_SHEET)) {
            return new String(Objects.requireNonNull(in, STYLE_SHEET).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
