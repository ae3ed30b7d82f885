package dev.autosync.testkit;

import dev.autosync.CyclePhase;
import dev.autosync.SnapshotSummary;
import dev.autosync.SyncReport;
import dev.autosync.improve.Lesson;
import dev.autosync.publish.PublicationResult;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A cycle as it is told. */
record SampleReport(String cycle, String title, Path workspace, Instant startedAt, Duration duration, Map<CyclePhase, Duration> phases,
        boolean green, SampleBatch batch, SnapshotSummary before, SnapshotSummary after, List<Kpi> kpis, TrendReport trends,
        List<Lesson> lessons, List<String> warnings) implements SyncReport {

    static SampleReport of(Path workspace, String title, boolean green, SampleBatch batch, List<Kpi> kpis,
            TrendReport trends, List<Lesson> lessons, List<String> warnings) {
        Map<CyclePhase, Duration> phases = new EnumMap<>(CyclePhase.class);
        for (CyclePhase phase : CyclePhase.values()) {
            if (phase.compareTo(CyclePhase.REPORT) < 0) {
                phases.put(phase, Duration.ofMillis(phase.ordinal() * 10L));
            }
        }
        boolean changed = !batch.outcomes().isEmpty();
        return new SampleReport("20261123T115034Z-0007", title, workspace.toAbsolutePath(), Instant.parse("2026-11-23T11:50:34.123Z"),
                Duration.ofMillis(4567), Collections.unmodifiableMap(phases), green, batch,
                SnapshotSummary.of("a".repeat(64), 12, 34_567), SnapshotSummary.of((changed ? "b" : "a").repeat(64), 12, 34_567),
                List.copyOf(kpis), trends, List.copyOf(lessons), List.copyOf(warnings));
    }

    @Override
    public List<PublicationResult> publications() {
        return List.of();
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String summary() {
        return "Cycle " + cycle + ": " + (green ? "green" : "not green") + ", " + batch.outcomes().size() + " patches";
    }
}
