package dev.autosync.core.engine;

import static dev.autosync.CyclePhase.BASELINE;
import static dev.autosync.CyclePhase.COMMIT;
import static dev.autosync.CyclePhase.GATE;
import static dev.autosync.CyclePhase.INPUTS;
import static dev.autosync.CyclePhase.LEASE;
import static dev.autosync.CyclePhase.RECORD;
import static dev.autosync.CyclePhase.RECOVER;
import static dev.autosync.CyclePhase.REPORT;
import static dev.autosync.CyclePhase.SNAPSHOT;

import dev.autosync.CyclePhase;
import dev.autosync.SyncReport;
import dev.autosync.core.gate.WorkspaceParts.Gated;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.WorkspaceLock.Lease;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.patch.BatchReport;
import dev.autosync.spi.Event;
import dev.autosync.trend.TrendReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cycle, phase by phase. A phase takes values and returns values; what fails ends the cycle after the batch was undone.
 *
 * <p>Nothing after COMMIT can be interrupted: what has landed is recorded.
 */
final class Cycle {
    private static final Logger LOG = LoggerFactory.getLogger(Cycle.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final EngineParts parts;
    private final PhaseClock clock;
    private final Instant startedAt;

    Cycle(EngineParts parts) {
        this.parts = parts;
        this.clock = new PhaseClock(parts.listener());
        this.startedAt = parts.clock().instant();
    }

    SyncReport run() throws InterruptedException {
        try (Lease lease = clock.run(LEASE, "take the workspace", parts::lease)) {
            String name = NAME.format(startedAt) + "-" + String.format(Locale.ROOT, "%04d", lease.token().value());
            clock.named(name, phase -> lease.phase(phase.name().toLowerCase(Locale.ROOT)));
            Events events = new Events(name, parts.clock());
            try {
                return run(name, lease, events);
            } catch (InterruptedException | RuntimeException e) {
                recordFailure(lease, events, e);
                throw e;
            }
        }
    }

    private SyncReport run(String name, Lease lease, Events events) throws InterruptedException {
        List<String> warnings = new ArrayList<>(parts.takeOpeningWarnings());
        warnings.addAll(clock.run(RECOVER, "look for work that was left open", () -> parts.recover(lease.token(), events)));
        Inputs inputs = clock.run(INPUTS, "read the inputs", parts::inputs);
        warnings.addAll(inputs.warnings());
        Snapshot before = clock.run(SNAPSHOT, "take a snapshot", parts.workspace()::snapshot);
        Baseline baseline = clock.run(BASELINE, "test the workspace as it stands", () -> parts.workspace().baseline(before));
        CycleReport report;
        try (Transaction transaction = parts.workspace().journal().begin(name)) {
            Gated gated = clock.run(GATE, "decide the batch", () -> parts.decide(inputs.batch(), before, baseline, transaction));
            BatchReport batch = gated.decision().report();
            warnings.addAll(foreignChanges(batch));
            batch.flakyTests().forEach(test -> warnings.add("flaky: " + test + " failed and passed on the same tree"));
            List<Event> evidence = events.batch(batch, transaction.changes());
            clock.act(COMMIT, "make it final", () -> {
                transaction.commit(Events.encode(evidence));
            });
            report = new CycleReport(name, inputs.title(), parts.root(), startedAt, clock.elapsed(), clock.phases(),
                    gated.green(baseline), batch, before.summary(), gated.after().summary(), inputs.kpis(), TrendReport.none(), List.of(), List.of(), warnings, List.of());
            record(lease, events, evidence, report, transaction, gated);
        }
        return report(lease, events, report);
    }

    private void record(Lease lease, Events events, List<Event> evidence, CycleReport report, Transaction transaction, Gated gated)
            throws InterruptedException {
        clock.act(RECORD, "record the cycle", () -> {
            List<Event> all = new ArrayList<>(evidence);
            all.addAll(events.phases(clock.phases()));
            all.addAll(events.kpis(report.kpis()));
            all.add(events.cycle(report, clock.phases().getOrDefault(LEASE, Duration.ZERO)));
            parts.store().append(lease.token(), all);
            transaction.checkpoint();
            parts.workspace().settle(gated);
        });
    }

    private SyncReport report(Lease lease, Events events, CycleReport report) throws InterruptedException {
        Reporting.Result said = clock.run(REPORT, "report", () -> parts.report(report));
        List<String> warnings = new ArrayList<>(report.warnings());
        warnings.addAll(said.warnings());
        Map<CyclePhase, Duration> late = new EnumMap<>(clock.phases());
        late.keySet().removeIf(phase -> phase != RECORD && phase != REPORT);
        try {
            parts.store().append(lease.token(), events.phases(late));
        } catch (RuntimeException e) {
            LOG.warn("The times of the last phases could not be recorded", e);
            warnings.add("the times of the last phases could not be recorded: " + e.getMessage());
        }
        return report.reported(clock.elapsed(), clock.phases(), warnings, said.files());
    }

    private void recordFailure(Lease lease, Events events, Exception failure) {
        try {
            parts.store().append(lease.token(), List.of(events.failed(failure, clock.elapsed())));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static List<String> foreignChanges(BatchReport batch) {
        List<String> paths = batch.foreignChanges();
        if (paths.isEmpty()) {
            return List.of();
        }
        String some = String.join(", ", paths.subList(0, Math.min(5, paths.size())));
        return List.of(paths.size() + (paths.size() == 1 ? " file was" : " files were")
                + " changed during the cycle by the tests or by somebody else, and left alone: " + some
                + (paths.size() > 5 ? ", ..." : "") + ". If the build writes them, exclude them from snapshots");
    }
}
