package dev.autosync.core.engine;

import dev.autosync.ProgressListener;
import dev.autosync.SyncReport;
import dev.autosync.core.connectors.Publishing;
import dev.autosync.core.connectors.Pulling.Pulled;
import dev.autosync.core.connectors.Stability;
import dev.autosync.core.gate.WorkspaceParts;
import dev.autosync.core.gate.WorkspaceParts.Gated;
import dev.autosync.core.improve.Improvements;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Recovery;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.lock.FencingToken;
import dev.autosync.core.secrets.Redactor;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.publish.PublicationResult;
import dev.autosync.retry.Deadline;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the phases of a cycle work with. Lives as long as its engine. */
final class EngineParts {
    private final Workspace root;
    private final Settings settings;
    private final WorkspaceParts workspace;
    private final Store store;
    private final InputFiles inputFiles;
    private final Reporting reporting;
    private final List<Patch> patches;
    private final List<Kpi> kpis;
    private final ProgressListener listener;
    private final Clock clock;
    private final LandedPatches landed = new LandedPatches();
    private final LearnedExperience experience = new LearnedExperience();
    private final TouchedFiles touched;
    private final List<String> openingWarnings = new ArrayList<>();
    private final Memory memory;
    private final Outside outside;
    private final Runnable storeCheck;
    private final Upkeep upkeep;

    EngineParts(Workspace root, FilePort files, PatchFormats formats, Settings settings, WorkspaceParts workspace, Store store, Runnable storeCheck,
            Memory memory, Upkeep upkeep, Outside outside, List<Patch> patches, List<Kpi> kpis, ProgressListener listener, Clock clock) {
        this.storeCheck = storeCheck;
        this.memory = memory;
        this.upkeep = upkeep;
        this.outside = outside;
        this.root = root;
        this.settings = settings;
        this.workspace = workspace;
        this.store = store;
        this.touched = new TouchedFiles(root, files, formats, settings.workspace().patchLimits());
        this.inputFiles = new InputFiles(root, files, formats, settings.workspace().patchLimits());
        this.reporting = new Reporting(root, files, System.out, outside.redactor());
        this.patches = patches;
        this.kpis = kpis;
        this.listener = listener;
        this.clock = clock;
    }

    Path root() {
        return root.root();
    }

    WorkspaceParts workspace() {
        return workspace;
    }

    Store store() {
        return store;
    }

    ProgressListener listener() {
        return listener;
    }

    Clock clock() {
        return clock;
    }

    /** Takes the workspace. */
    Lease lease() throws InterruptedException {
        Lease lease = workspace.lock().acquire(Deadline.in(settings.lockWait()), store::grant);
        try {
            storeCheck.run();
            return lease;
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** Keeps what was found when the engine was opened for the report of its first cycle. */
    void warnInFirstReport(List<String> warnings) {
        openingWarnings.addAll(warnings);
    }

    /** What was found when the engine was opened, the first time that somebody asks. */
    List<String> takeOpeningWarnings() {
        List<String> warnings = List.copyOf(openingWarnings);
        openingWarnings.clear();
        return warnings;
    }

    /** Puts right what a dead process left, and records what it could not record any more. */
    List<String> recover(Lease lease, Events events) {
        Recovery recovery = workspace.journal().recovery(lease::verify);
        Optional<Recovery.Result> left = recovery.run();
        if (left.isEmpty()) {
            // Half a first record, of a transaction that has changed nothing yet.
            recovery.forget();
            return List.of();
        }
        Recovery.Result result = left.get();
        List<Event> missing = new ArrayList<>();
        if (!result.payload().isEmpty() && !recorded(result.transaction())) {
            missing.addAll(Events.decode(result.payload()));
        }
        missing.add(events.recovery(result));
        lease.verify();
        store.append(lease.token(), missing);
        recovery.forget();
        List<String> warnings = new ArrayList<>();
        warnings.add("a process died in the middle of cycle " + result.transaction() + "; its batch was "
                + (result.committed() ? "final and was kept" : "undone"));
        result.foreign().forEach(path -> warnings.add(path + " was changed by somebody else since; it was left as it is, what it held"
                + " before lies in " + Workspace.STATE_FOLDER + "/conflicts/" + result.transaction()));
        return warnings;
    }

    /** Whether the outcomes of a cycle are in the store. That it failed may be there without them: the store may have failed only once. */
    private boolean recorded(String cycle) {
        return !store.read(EventQuery.all().cycle(cycle).kind(Events.PATCH).limit(1)).isEmpty();
    }

    /** Takes in what connectors bring. */
    Outside.Taken pull() throws InterruptedException {
        return outside.pull(store);
    }

    /** Reads the inputs. */
    Inputs inputs(List<Pulled> pulls) {
        return inputFiles.read(settings.fromFiles() ? settings.modules() : List.of(), patches, kpis, pulls);
    }

    /** What the tests say of the workspace without the batch. */
    Baseline baseline(PatchBatch batch, Snapshot before) throws InterruptedException {
        landed.refresh(store);
        return workspace.baseline(before, batch, landed.in(before, workspace::checksum));
    }

    /** Decides a batch, of which the patches that have landed earlier are no longer part. */
    Gated decide(PatchBatch batch, Snapshot before, Baseline baseline, Transaction transaction) throws InterruptedException {
        landed.refresh(store);
        experience.refresh(store);
        return workspace.decide(batch, landed.in(before, workspace::checksum), before, baseline, experience, transaction);
    }

    /** What was known of patches before they were decided, and which files they touch. */
    Events.Notes notes() {
        return new Events.Notes(experience::risk, touched.now());
    }

    /** Finds out what the history shows. */
    Memory.Analysed analyse(String cycle, Inputs inputs) {
        return memory.analyse(cycle, inputs.alerts());
    }

    /** Lets the rules make suggestions. */
    Improvements.Result improve(String cycle, TrendReport trends) {
        return memory.improve(cycle, trends);
    }

    /**
     * Publishes what is stable.
     *
     * @param analysed false if nobody knows what the history shows: then nothing is stable
     */
    Publishing.Result publish(FencingToken token, SyncReport report, boolean analysed) {
        return outside.publish(store, events -> append(token, events), report,
                analysed ? Stability.of(memory.history(), report.trends(), settings.stableAfter())
                : Stability.unknown());
    }

    /** Looks after the history: its mirror, and events that are old. */
    void keepUp(String cycle, Lease lease) throws InterruptedException {
        lease.verify();
        upkeep.run(cycle, lease.token(), memory.history());
    }

    /** What was published, as far as it may be told. */
    List<PublicationResult> publications(List<PublicationResult> results) {
        return results.stream().map(result -> RedactedPublication.of(result, outside.redactor())).toList();
    }

    /** What takes secrets out of texts. */
    Redactor redactor() {
        return outside.redactor();
    }

    /** Appends events, in which no secret stands. */
    void append(FencingToken token, List<Event> events) {
        store.append(token, redacted(events));
    }

    /** The events without any secret. */
    List<Event> redacted(List<Event> events) {
        return events.stream().map(outside.redactor()::redact).toList();
    }

    /** The lines without any secret. */
    List<String> without(List<String> lines) {
        return lines.stream().map(outside.redactor()::redact).toList();
    }

    /** Closes what was opened for the way to the outside. */
    void close() {
        outside.close();
    }

    /** Lets the reporters speak. */
    Reporting.Result report(SyncReport report) {
        return reporting.report(report, settings.reporters());
    }
}
