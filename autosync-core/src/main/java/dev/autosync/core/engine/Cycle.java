package dev.autosync.core.engine;

import static dev.autosync.CyclePhase.ANALYSE;
import static dev.autosync.CyclePhase.BASELINE;
import static dev.autosync.CyclePhase.COMMIT;
import static dev.autosync.CyclePhase.GATE;
import static dev.autosync.CyclePhase.IMPROVE;
import static dev.autosync.CyclePhase.INPUTS;
import static dev.autosync.CyclePhase.LEASE;
import static dev.autosync.CyclePhase.PUBLISH;
import static dev.autosync.CyclePhase.PULL;
import static dev.autosync.CyclePhase.RECORD;
import static dev.autosync.CyclePhase.RECOVER;
import static dev.autosync.CyclePhase.REPORT;
import static dev.autosync.CyclePhase.SNAPSHOT;

import dev.autosync.AutoSyncException;
import dev.autosync.CyclePhase;
import dev.autosync.SyncReport;
import dev.autosync.core.connectors.Cursors;
import dev.autosync.core.connectors.Publishing;
import dev.autosync.core.gate.WorkspaceParts.Gated;
import dev.autosync.core.gate.WorkspaceParts.Taken;
import dev.autosync.core.improve.Improvements;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.TestChange;
import dev.autosync.spi.Event;
import dev.autosync.trend.TrendReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.Set;
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

    private static final Set<CyclePhase> AFTER_THE_RECORD = EnumSet.of(RECORD, ANALYSE, IMPROVE, REPORT, PUBLISH);

    private final EngineParts parts;
    private final PhaseClock clock;
    private final Instant startedAt;
    private boolean recorded;

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
            } catch (AutoSyncException e) {
                AutoSyncException clean = parts.redactor().redact(e);
                recordFailure(lease, events, clean);
                throw clean;
            } catch (InterruptedException | RuntimeException e) {
                recordFailure(lease, events, e);
                throw e;
            }
        }
    }

    private SyncReport run(String name, Lease lease, Events events) throws InterruptedException {
        List<String> warnings = new ArrayList<>(parts.takeOpeningWarnings());
        warnings.addAll(clock.run(RECOVER, "look for work that was left open", () -> parts.recover(lease, events)));
        Outside.Taken taken = clock.run(PULL, "take in what connectors bring", parts::pull);
        warnings.addAll(taken.warnings());
        Inputs inputs = clock.run(INPUTS, "read the inputs", () -> parts.inputs(taken.pulls()));
        warnings.addAll(inputs.warnings());
        Taken snapshot = clock.run(SNAPSHOT, "take a snapshot", () -> parts.workspace().snapshot(name, lease::verify));
        warnings.addAll(snapshot.warnings());
        Snapshot before = snapshot.snapshot();
        Baseline baseline = clock.run(BASELINE, "test the workspace as it stands", () -> parts.baseline(inputs.batch(), before));
        CycleReport report;
        try (Transaction transaction = parts.workspace().journal().begin(name, lease::verify)) {
            Gated gated = clock.run(GATE, "decide the batch", () -> parts.decide(inputs.batch(), before, baseline, transaction));
            BatchReport batch = gated.decision().report();
            warnings.addAll(foreignChanges(batch));
            warnings.addAll(undone(batch));
            batch.flakyTests().forEach(test -> warnings.add("flaky: " + test + " failed and passed on the same tree"));
            List<Event> happened = new ArrayList<>(events.batch(batch, gated.landed(), parts.notes()));
            happened.addAll(Cursors.events(inputs.pulls(), batch, name, parts.clock().instant()));
            List<Event> evidence = parts.redacted(happened);
            clock.act(COMMIT, "make it final", () -> {
                transaction.commit(Events.encode(evidence));
            });
            report = new CycleReport(name, inputs.title(), parts.root(), startedAt, clock.elapsed(), clock.phases(),
                    gated.green(baseline), batch, before.summary(), gated.after().summary(), inputs.kpis(), TrendReport.none(), List.of(),
                    List.of(), parts.without(warnings), List.of());
            record(lease, events, evidence, report, transaction, gated);
        }
        return afterwards(lease, events, inputs, report);
    }

    private void record(Lease lease, Events events, List<Event> evidence, CycleReport report, Transaction transaction, Gated gated)
            throws InterruptedException {
        clock.act(RECORD, "record the cycle", () -> {
            List<Event> all = new ArrayList<>(evidence);
            all.addAll(events.phases(clock.phases()));
            all.addAll(events.kpis(report.kpis()));
            all.add(events.cycle(report, clock.phases().getOrDefault(LEASE, Duration.ZERO)));
            lease.verify();
            parts.append(lease.token(), all);
            transaction.checkpoint();
            parts.workspace().settle(gated);
            recorded = true;
        });
    }

    /** What comes after the record: it can fail, and cannot fail the cycle. */
    private SyncReport afterwards(Lease lease, Events events, Inputs inputs, CycleReport done) throws InterruptedException {
        List<Event> late = new ArrayList<>();
        List<String> warnings = new ArrayList<>(done.warnings());
        Optional<Memory.Analysed> analysed = careful("the history could not be analysed", warnings,
                () -> clock.run(ANALYSE, "find trends", () -> parts.analyse(done.cycle(), inputs)));
        TrendReport trends = analysed.map(Memory.Analysed::trends).orElse(TrendReport.none());
        Optional<Improvements.Result> improved = careful("nothing was suggested", warnings,
                () -> clock.run(IMPROVE, "look for improvements", () -> parts.improve(done.cycle(), trends)));
        analysed.ifPresent(of -> late.addAll(of.events()));
        improved.ifPresent(of -> late.addAll(of.events()));
        improved.ifPresent(of -> warnings.addAll(parts.without(of.warnings())));
        CycleReport learned = done.learned(trends, improved.map(Improvements.Result::lessons).orElse(List.of()), warnings, clock.elapsed(),
                clock.phases());
        Reporting.Result said = lease.held() ? clock.run(REPORT, "report", () -> parts.report(learned))
                : new Reporting.Result(List.of(), List.of("no report was written: the workspace was lost after the cycle was recorded"));
        warnings.addAll(said.warnings());
        CycleReport reported = learned.reported(warnings, said.files());
        Optional<Publishing.Result> published = careful("nothing was published", warnings,
                () -> clock.run(PUBLISH, "publish", () -> {
                    lease.verify();
                    return parts.publish(lease.token(), reported, analysed.isPresent());
                }));
        published.ifPresent(of -> late.addAll(of.events()));
        published.ifPresent(of -> warnings.addAll(parts.without(of.warnings())));
        Map<CyclePhase, Duration> phases = new EnumMap<>(clock.phases());
        phases.keySet().retainAll(AFTER_THE_RECORD);
        late.addAll(events.phases(phases));
        careful("what came after the record could not be recorded", warnings, () -> {
            parts.append(lease.token(), late);
            return late;
        });
        careful("the history was not looked after", warnings, () -> {
            parts.keepUp(done.cycle(), lease);
            return late;
        });
        return reported.published(clock.elapsed(), clock.phases(), warnings,
                parts.publications(published.map(Publishing.Result::results).orElse(List.of())));
    }

    /** Does what may fail: then there is a warning. An interrupt stays set for the caller. */
    private <T> Optional<T> careful(String otherwise, List<String> warnings, PhaseClock.Work<T> work) {
        try {
            return Optional.of(work.run());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            warnings.add(otherwise + ": interrupted");
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            Throwable clean = parts.redactor().redact(e);
            LOG.warn("After the record of a cycle: {}", otherwise, clean);
            warnings.add(otherwise + ": " + Untrusted.line(String.valueOf(clean.getMessage()), 500));
        }
        return Optional.empty();
    }

    /** A cycle has one end in the history: one that is recorded has not failed. */
    private void recordFailure(Lease lease, Events events, Exception failure) {
        if (recorded || !lease.held()) {
            return;
        }
        try {
            parts.append(lease.token(), List.of(events.failed(failure, clock.elapsed())));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static List<String> undone(BatchReport batch) {
        List<TestChange> undone = batch.testChanges().stream().filter(change -> change.treatment() == TestChange.Treatment.UNDONE).toList();
        if (undone.isEmpty()) {
            return List.of();
        }
        String some = undone.stream().limit(5).map(change -> change.path() + change.saved().map(place -> " (" + place + ")").orElse(""))
                .collect(Collectors.joining(", "));
        return List.of(undone.size() + (undone.size() == 1 ? " file was" : " files were")
                + " changed while the tests ran and put back; what was written was saved: " + some + (undone.size() > 5 ? ", ..." : ""));
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
