package dev.autosync.core.engine;

import dev.autosync.CyclePhase;
import dev.autosync.SnapshotSummary;
import dev.autosync.SyncReport;
import dev.autosync.core.text.Untrusted;
import dev.autosync.improve.Lesson;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.publish.PublicationResult;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a cycle as the engine makes it; its parts are described there. */
record CycleReport(String cycle, String title, Path workspace, Instant startedAt, Duration duration, Map<CyclePhase, Duration> phases,
        boolean green, BatchReport batch, SnapshotSummary before, SnapshotSummary after, List<Kpi> kpis, TrendReport trends,
        List<Lesson> lessons, List<PublicationResult> publications, List<String> warnings, List<Path> files) implements SyncReport {
    private static final int MAX_LINE = 500;

    CycleReport {
        phases = Collections.unmodifiableMap(phases.isEmpty() ? new EnumMap<>(CyclePhase.class) : new EnumMap<>(phases));
        kpis = List.copyOf(kpis);
        lessons = List.copyOf(lessons);
        publications = List.copyOf(publications);
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    /** The same report with what the history shows. */
    CycleReport learned(TrendReport trends, List<Lesson> lessons, List<String> warnings, Duration duration, Map<CyclePhase, Duration> phases) {
        return new CycleReport(cycle, title, workspace, startedAt, duration, phases, green, batch, before, after, kpis, trends, lessons,
                publications, warnings, files);
    }

    /** The same report after the reporters have spoken. */
    CycleReport reported(List<String> warnings, List<Path> files) {
        return new CycleReport(cycle, title, workspace, startedAt, duration, phases, green, batch, before, after, kpis, trends, lessons,
                publications, warnings, files);
    }

    /** The same report at the very end. */
    CycleReport published(Duration duration, Map<CyclePhase, Duration> phases, List<String> warnings, List<PublicationResult> publications) {
        return new CycleReport(cycle, title, workspace, startedAt, duration, phases, green, batch, before, after, kpis, trends, lessons,
                publications, warnings, files);
    }

    @Override
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append(line(title)).append(": cycle ").append(cycle).append(green ? ", tests green" : ", tests not green")
                .append(String.format(Locale.ROOT, ", %.1f s", duration.toMillis() / 1000.0));
        if (batch.outcomes().isEmpty()) {
            text.append("\nno patches");
        } else {
            text.append('\n').append(batch.outcomes().size()).append(batch.outcomes().size() == 1 ? " patch" : " patches");
            for (PatchOutcome.Kind kind : PatchOutcome.Kind.values()) {
                int count = batch.outcomes(kind).size();
                if (count > 0) {
                    text.append(", ").append(count).append(' ').append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
                }
            }
            text.append("\n").append(batch.runs().size()).append(batch.runs().size() == 1 ? " test run" : " test runs")
                    .append(" (one by one: ").append(batch.runsOneByOne()).append(")");
        }
        for (PatchOutcome culprit : batch.outcomes(PatchOutcome.Kind.BLAMED)) {
            text.append("\nculprit ").append(line(culprit.patch().id())).append(": ").append(line(culprit.reason()));
        }
        trends.alerts().forEach(alert -> text.append("\nalert: ").append(line(alert.message())));
        publications.forEach(publication -> text.append("\npublished by ").append(line(publication.toString())));
        warnings.forEach(warning -> text.append("\nwarning: ").append(line(warning)));
        return text.toString();
    }

    /** What others wrote must not look like a line of ours, nor like a command to a terminal or to a CI server. */
    private static String line(String text) {
        return Untrusted.line(text, MAX_LINE);
    }
}
