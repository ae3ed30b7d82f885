package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.ProgressListener;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.BootId;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.PatchChecksums;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.snapshot.ContentSink;
import dev.autosync.core.snapshot.Keeping;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.SnapshotStore;
import dev.autosync.core.snapshot.TrackedFiles;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.testing.FailureMemory;
import dev.autosync.core.testing.GreenMemory;
import dev.autosync.patch.BatchPreview;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.TestChange.Treatment;
import dev.autosync.testing.TestChanges;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What works on one workspace: lock, journal, snapshots, tests and gate, put together once for the runner and for the engine. */
public final class WorkspaceParts {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceParts.class);

    private final Workspace workspace;
    private final FilePort files;
    private final TestSuite suite;
    private final FileWorkspaceLock lock;
    private final Journal journal;
    private final TreeScanner scanner;
    private final SnapshotFiles snapshots;
    private final SnapshotStore kept;
    private final GreenMemory memory;
    private final FailureMemory failures;
    private final KeptRuns runs;
    private final CandidateTrees candidates;
    private final TestChanges testChanges;
    private final PatchLimits patchLimits;
    private final PatchChecksums checksums;
    private final Gate gate;
    private @Nullable TrackedFiles tracked;

    /** What the tree was seen to hold last: whoever looks next need not read the index. Null before the first look. */
    private volatile @Nullable Snapshot seen;

    /**
     * The parts for a workspace.
     *
     * @param options how it is worked in
     */
    public WorkspaceParts(Workspace workspace, FilePort files, TestSuite suite, PatchFormats formats, WorkspaceOptions options,
            ProgressListener listener, Clock clock) {
        this.workspace = workspace;
        this.files = files;
        this.suite = suite;
        this.lock = new FileWorkspaceLock(workspace, files, clock, options.takeOverAfter(), options.networkFileSystem());
        this.journal = new Journal(workspace, files, BootId::current);
        this.testChanges = options.testChanges();
        this.patchLimits = options.patchLimits();
        this.scanner = new TreeScanner(workspace, options.exclude(), options.gitignore(), Clock.systemUTC());
        int most = options.isolation().copies();
        int copies = suite.concurrent() ? most : Math.min(1, most);
        this.candidates = new CandidateTrees(workspace, files, options.isolation(), copies, scanner::ofCopy);
        this.snapshots = new SnapshotFiles(workspace, files);
        this.kept = new SnapshotStore(workspace, files, options.limits());
        this.memory = new GreenMemory(workspace, files);
        this.failures = new FailureMemory(workspace, files);
        this.runs = new KeptRuns(workspace, files, suite, clock);
        BatchPlanner planner = new BatchPlanner(formats, options.patchLimits());
        this.checksums = planner.checksums();
        this.gate = new Gate(workspace, files, planner, suite, candidates.all(), runs, options.testPolicy(),
                testChanges.policy() != TestChanges.Policy.LEAVE, progress -> {
            lock.sign();
            listener.onProgress(progress);
        });
    }

    /** The lock of the workspace. */
    public FileWorkspaceLock lock() {
        return lock;
    }

    /** The journal of the workspace. */
    public Journal journal() {
        return journal;
    }

    /**
     * A snapshot.
     *
     * @param snapshot what the tree holds
     * @param warnings that it was not kept with its contents, and why
     */
    public record Taken(Snapshot snapshot, List<String> warnings) {}

    /**
     * Reads the tree, writes down what it holds, and keeps its contents.
     *
     * @param cycle the cycle that does it; empty for none
     * @param held sees that the workspace is still held
     */
    public Taken snapshot(String cycle, Runnable held) throws InterruptedException {
        candidates.prepare();
        // As it stands before any test has run: they may change it.
        tracked = testChanges.policy() == TestChanges.Policy.UNDO && candidates.all().isEmpty() ? TrackedFiles.of(workspace, files) : null;
        try (Keeping keeping = kept.begin(held, Set.of())) {
            Snapshot snapshot = scan(keeping);
            String why = keeping.keep(snapshot, "", cycle).why();
            return new Taken(save(snapshot), why.isEmpty() ? List.of()
                    : List.of("what the workspace held before the cycle was not kept and cannot be restored by a snapshot: " + why));
        }
    }

    private Snapshot scan(ContentSink sink) throws InterruptedException {
        Snapshot last = seen;
        return scanner.scan(last == null ? snapshots.latest().orElse(null) : last, sink);
    }

    /**
     * The kept snapshots.
     *
     * @param door takes the workspace
     */
    public Snapshots kept(HeldWorkspace.Door door) {
        return new WorkspaceSnapshots(files, this::scan, kept, journal, door);
    }

    /**
     * What the tests say of a tree: remembered if it was green before with this content, otherwise run.
     *
     * @param batch the patches that will be decided on
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     */
    public Baseline baseline(Snapshot snapshot, PatchBatch batch, Function<Patch, Optional<String>> landedIn) throws InterruptedException {
        String content = snapshot.summary().contentHash();
        Optional<TestRun> known = memory.recall(content, suite);
        runs.open();
        if (known.isPresent()) {
            return new Baseline(known.get(), true);
        }
        Optional<TestRun> kept = runs.take(EarlierRuns.baseline(content), Asked.all(List.of()));
        TestRun run = kept.isPresent() ? kept.get() : gate.baseline(snapshot, batch.patches(), landedIn, failures.recall());
        // A tree that was changed while it was tested has not been seen green.
        if (run.green() && !suite.fingerprint().isEmpty() && scanner.scan(snapshot).summary().contentHash().equals(content)) {
            remember(content, run);
        }
        return new Baseline(run, false);
    }

    /**
     * Sees that a batch is not too large to be looked at.
     *
     * @throws AutoSyncException {@link ErrorCode#PATCH_LIMIT}
     */
    public void check(PatchBatch batch) {
        BatchPlanner.check(batch.patches(), patchLimits);
    }

    /** What tells whether two patches ask for the same. */
    public String checksum(Patch patch) {
        return checksums.of(patch);
    }

    /** What a batch would do to the workspace as it stands. Writes nothing, and takes nothing. */
    public BatchPreview preview(PatchBatch batch) {
        check(batch);
        return gate.preview(batch.patches());
    }

    /**
     * A decided batch, not yet final.
     *
     * @param decision what became of each patch
     * @param after what the tree holds now
     * @param landed the files that what has landed has changed
     * @param disturbed whether anything else has changed meanwhile, so that nobody knows what exactly was tested
     */
    public record Gated(Gate.Decision decision, Snapshot after, List<Transaction.Change> landed, boolean disturbed) {

        /** Whether the tests are green on what the tree holds now. */
        public boolean green(Baseline baseline) {
            return decision.lastGreen().map(TestRun::green).orElse(baseline.run().green() && decision.baselineHolds());
        }
    }

    /**
     * Decides a batch, and finds out what others have changed meanwhile.
     *
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     * @param experience what earlier batches tell
     */
    public Gated decide(PatchBatch batch, Function<Patch, Optional<String>> landedIn, Snapshot before, Baseline baseline, Experience experience,
            Transaction transaction) throws InterruptedException {
        Leftovers leftovers = tracked == null ? null
                : new Leftovers(workspace, files, testChanges, tracked, scanner, before, kept::held, transaction);
        Gate.Decision decision = gate.decide(batch.patches(), landedIn, before, baseline, failures.recall(), experience, transaction, leftovers);
        Snapshot after = scanner.scan(before);
        Set<String> undone = leftovers == null ? Set.of() : leftovers.undone().keySet();
        Set<String> patched = new HashSet<>(transaction.paths());
        patched.removeAll(undone);
        Set<String> foreign = new TreeSet<>(before.foreignDifferences(after, patched));
        foreign.addAll(transaction.foreignChanges());
        candidates.all().forEach(copy -> foreign.addAll(copy.outOfStep()));
        BatchResult report = (BatchResult) decision.report();
        boolean disturbed = !foreign.isEmpty() || report.testChanges().stream().anyMatch(change -> change.treatment() != Treatment.DISCARDED);
        if (testChanges.policy() == TestChanges.Policy.LEAVE) {
            foreign.retainAll(transaction.foreignChanges());
        }
        List<Transaction.Change> landed = transaction.changes().stream().filter(change -> !undone.contains(change.path()))
                .filter(change -> change.before() != null || change.after() != null).toList();
        return new Gated(new Gate.Decision(report.withForeignChanges(new ArrayList<>(foreign), disturbed), decision.lastGreen(),
                decision.baselineHolds()), after, landed, disturbed);
    }

    /** Writes down what a final tree holds, and that it was green if it was. */
    public void settle(Gated gated) {
        try {
            save(gated.after());
            note(gated.decision().report().runs());
            runs.forget();
            if (!gated.decision().baselineHolds()) {
                forget();
            }
            if (!gated.disturbed()) {
                gated.decision().lastGreen().ifPresent(run -> remember(gated.after().summary().contentHash(), run));
            }
        } catch (AutoSyncException e) {
            // Both only save work later; what has landed has landed.
            LOG.warn("The next cycle will read and test more than it needs to", e);
        }
    }

    private Snapshot save(Snapshot snapshot) {
        seen = snapshot;
        try {
            Snapshot saved = snapshots.save(snapshot);
            seen = saved;
            return saved;
        } catch (IOException e) {
            throw failed("the snapshot", e);
        }
    }

    private void remember(String content, TestRun run) {
        try {
            memory.remember(content, suite, run);
        } catch (IOException e) {
            throw failed("the last green content", e);
        }
    }

    private void forget() {
        try {
            memory.forget();
        } catch (IOException e) {
            throw failed("that nothing is known to be green", e);
        }
    }

    private void note(List<BatchRun> runs) {
        try {
            failures.note(runs.stream().filter(run -> !run.isPartial()).map(BatchRun::run).toList());
        } catch (IOException e) {
            throw failed("which tests have failed", e);
        }
    }

    private AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot write down " + what + " of " + workspace.root() + ": " + e
                + ". Check permissions and space", e);
    }
}
