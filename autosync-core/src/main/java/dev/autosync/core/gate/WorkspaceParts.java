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
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.snapshot.ContentSink;
import dev.autosync.core.snapshot.Keeping;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.SnapshotStore;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.core.testing.Baseline;
import dev.autosync.core.testing.GreenMemory;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    private final TestSuite suite;
    private final FileWorkspaceLock lock;
    private final Journal journal;
    private final TreeScanner scanner;
    private final SnapshotFiles snapshots;
    private final SnapshotStore kept;
    private final FilePort files;
    private final GreenMemory memory;
    private final Gate gate;

    /** What the tree was seen to hold last: whoever looks next need not read the index. Null before the first look. */
    private volatile @Nullable Snapshot seen;

    /**
     * The parts for a workspace.
     *
     * @param exclude globs of what snapshots leave out
     * @param gitignore whether they leave out what {@code .gitignore} files name too
     * @param limits how much of earlier snapshots is kept
     * @param takeOverAfter how long an owner may say nothing before a waiter takes the workspace away from it; null for ever
     */
    public WorkspaceParts(Workspace workspace, FilePort files, TestSuite suite, PatchFormats formats, List<String> exclude,
            boolean gitignore, SnapshotLimits limits, @Nullable Duration takeOverAfter, ProgressListener listener, Clock clock) {
        this.workspace = workspace;
        this.suite = suite;
        this.lock = new FileWorkspaceLock(workspace, files, clock, takeOverAfter);
        this.journal = new Journal(workspace, files, BootId::current);
        this.scanner = new TreeScanner(workspace, exclude, gitignore, Clock.systemUTC());
        this.snapshots = new SnapshotFiles(workspace, files);
        this.kept = new SnapshotStore(workspace, files, limits);
        this.files = files;
        this.memory = new GreenMemory(workspace, files);
        this.gate = new Gate(workspace, files, new BatchPlanner(formats), suite, progress -> {
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

    /** What the tests say of a tree: remembered if it was green before with this content, otherwise run. */
    public Baseline baseline(Snapshot snapshot) throws InterruptedException {
        String content = snapshot.summary().contentHash();
        Optional<TestRun> known = memory.recall(content, suite);
        if (known.isPresent()) {
            return new Baseline(known.get(), true);
        }
        TestRun run = gate.baseline();
        // A tree that was changed while it was tested has not been seen green.
        if (run.green() && !suite.fingerprint().isEmpty() && scanner.scan(snapshot).summary().contentHash().equals(content)) {
            remember(content, run);
        }
        return new Baseline(run, false);
    }

    /**
     * A decided batch, not yet final.
     *
     * @param decision what became of each patch
     * @param after what the tree holds now
     */
    public record Gated(Gate.Decision decision, Snapshot after) {

        /** Whether the tests are green on what the tree holds now. */
        public boolean green(Baseline baseline) {
            return decision.lastGreen().map(TestRun::green).orElse(baseline.run().green());
        }
    }

    /**
     * Decides a batch, and finds out what others have changed meanwhile.
     *
     * @param landedIn the earlier cycle in which exactly this patch has landed, if there is one
     */
    public Gated decide(PatchBatch batch, Function<Patch, Optional<String>> landedIn, Snapshot before, Baseline baseline,
            Transaction transaction) throws InterruptedException {
        Gate.Decision decision = gate.decide(batch.patches(), landedIn, before, baseline, transaction);
        Snapshot after = scanner.scan(before);
        Set<String> foreign = new TreeSet<>(before.foreignDifferences(after, transaction.paths()));
        foreign.addAll(transaction.foreignChanges());
        List<String> paths = new ArrayList<>(foreign);
        return new Gated(new Gate.Decision(((BatchResult) decision.report()).withForeignChanges(paths), decision.lastGreen()), after);
    }

    /** Writes down what a final tree holds, and that it was green if it was. */
    public void settle(Gated gated) {
        try {
            save(gated.after());
            if (gated.decision().report().foreignChanges().isEmpty()) {
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

    private AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot write down " + what + " of " + workspace.root() + ": " + e
                + ". Check permissions and space", e);
    }
}
