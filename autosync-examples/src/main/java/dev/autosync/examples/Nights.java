package dev.autosync.examples;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.improve.Lesson;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.publish.PublicationResult;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.trend.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cycles after the first one: patches come through the drop-box, figures move, and what is stable goes to the remote. */
final class Nights {
    private static final int PATCHES = 4;
    private static final int TRENDS_SHOWN = 5;
    private static final int LESSONS_SHOWN = 3;

    private final Screen screen;
    private final Workspace workspace;
    private final Surroundings around;
    private final Configuration files;
    private final List<Proposal> proposals = new ArrayList<>();

    Nights(Screen screen, Workspace workspace, Surroundings around, Configuration files) {
        this.screen = screen;
        this.workspace = workspace;
        this.around = around;
        this.files = files;
    }

    /** The patches that came through the drop-box, as the engine calls them. */
    List<Proposal> proposals() {
        return proposals;
    }

    /** Runs the cycles, and answers with their reports. */
    List<SyncReport> run() throws IOException, InterruptedException {
        screen.section("The next nights: a patch through the drop-box each, and a push when the state is stable");
        List<SyncReport> reports = new ArrayList<>();
        for (int i = 1; i <= PATCHES; i++) {
            int burst = AppConfig.burst(Files.readString(workspace.root().resolve(AppConfig.PATH)));
            Proposal proposal = AppConfig.raise(i, burst, burst + 5);
            around.drop(String.format(Locale.ROOT, "%02d-burst.json", i), Json.patches(List.of(proposal.json())));
            proposals.add(new Proposal("inbox/" + proposal.id(), proposal.json(), proposal.effect()));
            reports.add(night(burst));
        }
        return reports;
    }

    /** A last night on the other store: the history moves there first. */
    SyncReport moveToSqlite() throws IOException, InterruptedException {
        screen.section("A bigger store: the configuration says SQLite, and the history moves");
        files.store("sqlite");
        SyncReport report = night(AppConfig.burst(Files.readString(workspace.root().resolve(AppConfig.PATH))));
        try (Store json = Stores.open(workspace.root(), "json"); Store sqlite = Stores.open(workspace.root(), "sqlite");
                Store back = Stores.open(Workspace.create(workspace.root().resolveSibling("copy")).root(), "json")) {
            StoreCopy there = Stores.copy(sqlite, back);
            screen.line("  the JSON store ends at event " + last(json) + ", the SQLite store has gone on to " + last(sqlite));
            screen.line("  copied back into a new JSON store: " + there.events() + " events, SHA-256 " + there.sha256().substring(0, 16)
                    + " on both sides");
        }
        return report;
    }

    private static long last(Store store) {
        return store.read(EventQuery.all().latest(1)).get(0).sequence();
    }

    private SyncReport night(int burst) throws IOException, InterruptedException {
        files.burst(burst);
        try (SyncEngine engine = SyncEngine.open(workspace.root())) {
            SyncReport report = engine.sync();
            String landed = report.batch().outcomes(PatchOutcome.Kind.APPLIED).stream().map(outcome -> outcome.patch().id()).toList().toString();
            screen.now(String.format(Locale.ROOT, "cycle %s, %s, %.1f s, %d test runs, landed %s", report.cycle(),
                    report.green() ? "green" : "not green", report.duration().toMillis() / 1000.0, report.batch().runs().size(), landed));
            for (PublicationResult published : report.publications()) {
                if (published.files() > 0) {
                    screen.paragraph("            ", published.connector() + ": " + published.outcome().reason());
                }
            }
            report.warnings().forEach(warning -> screen.paragraph("            warning: ", warning));
            return report;
        }
    }

    /** What the history shows by now. */
    void trends(SyncReport report) {
        screen.section("What " + report.trends().cycles() + " cycles show");
        report.trends().trends().stream().filter(trend -> trend.movement() == Trend.Movement.RISING || trend.movement() == Trend.Movement.FALLING)
                .limit(TRENDS_SHOWN).forEach(trend -> screen.line(String.format(Locale.ROOT, "  %-28s %-8s %+.3g %s a cycle, p = %.3f, n = %d%s",
                        trend.series().name(), trend.movement().name().toLowerCase(Locale.ROOT), trend.slopePerCycle(), trend.series().unit(),
                        trend.pValue(), trend.series().points().size(), trend.improving() ? ", better" : trend.worsening() ? ", worse" : "")));
        report.trends().alerts().forEach(alert -> screen.paragraph("  alert: ", alert.message()));
        screen.section("What AutoSync suggests");
        for (Lesson lesson : report.lessons().subList(0, Math.min(LESSONS_SHOWN, report.lessons().size()))) {
            screen.paragraph(String.format(Locale.ROOT, "  %3.0f points, %s: ", lesson.points(), lesson.state().name().toLowerCase(Locale.ROOT)),
                    lesson.suggestion().problem());
            screen.paragraph("    evidence: ", lesson.suggestion().evidence().get(0).text());
            screen.paragraph("    way out: ", lesson.suggestion().solution());
        }
        if (report.lessons().isEmpty()) {
            screen.line("  nothing: no rule has found evidence of trouble");
        }
    }

    /** What came to the remote, and that nothing but the patches did. */
    void remote() throws IOException, InterruptedException {
        screen.section("The remote: " + Screen.shown(around.remote()));
        around.log().forEach(commit -> screen.line("  " + commit));
        long reports;
        try (var folders = Files.list(around.outbox())) {
            reports = folders.count();
        }
        screen.line("  the outbox of the drop-box holds the reports of " + reports + " cycles");
        List<String> status = around.status();
        screen.line("  git status in the workspace: " + (status.isEmpty() ? "clean" : status.size() + " paths, "
                + String.join(", ", status.subList(0, Math.min(3, status.size())))));
    }
}
