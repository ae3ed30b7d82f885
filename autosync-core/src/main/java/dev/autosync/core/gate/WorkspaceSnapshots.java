package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.BootId;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.snapshot.ContentSink;
import dev.autosync.core.snapshot.Keeping;
import dev.autosync.core.snapshot.Restoration;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.snapshot.SnapshotFiles;
import dev.autosync.core.snapshot.SnapshotStore;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.retry.Deadline;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.RestorePlan;
import dev.autosync.snapshot.RestoreResult;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Taking, previewing and restoring the kept snapshots of one workspace. */
public final class WorkspaceSnapshots implements Snapshots {
    /** The journal holds what files held and are to hold, and takes no more. */
    private static final long MAX_RESTORED_BYTES = 500L << 20;
    private static final int MAX_LABEL = 200;

    private final FilePort files;
    private final Look look;
    private final SnapshotStore store;
    private final Journal journal;
    private final HeldWorkspace.Door door;
    private final long maxRestoredBytes;
    private final Runnable afterUse;

    /** Reads the tree. */
    interface Look {
        Snapshot scan(ContentSink sink) throws InterruptedException;
    }

    WorkspaceSnapshots(FilePort files, Look look, SnapshotStore store, Journal journal, HeldWorkspace.Door door) {
        this(files, look, store, journal, door, MAX_RESTORED_BYTES, () -> { });
    }

    private WorkspaceSnapshots(FilePort files, Look look, SnapshotStore store, Journal journal, HeldWorkspace.Door door, long maxRestoredBytes,
            Runnable afterUse) {
        this.files = files;
        this.look = look;
        this.store = store;
        this.journal = journal;
        this.door = door;
        this.maxRestoredBytes = maxRestoredBytes;
        this.afterUse = afterUse;
    }

    /** The snapshots of a workspace for which there is no engine; a busy one is not waited for. */
    public static WorkspaceSnapshots alone(Workspace workspace, FilePort files, FileWorkspaceLock lock, TreeScanner scanner, SnapshotLimits limits) {
        return alone(workspace, files, lock, scanner, limits, MAX_RESTORED_BYTES);
    }

    /**
     * The snapshots of a workspace for which there is no engine.
     *
     * @param maxRestoredBytes the most bytes that the files of one restore may hold, before and after, together
     */
    public static WorkspaceSnapshots alone(Workspace workspace, FilePort files, FileWorkspaceLock lock, TreeScanner scanner, SnapshotLimits limits,
            long maxRestoredBytes) {
        Journal journal = new Journal(workspace, files, BootId::current);
        SnapshotFiles latest = new SnapshotFiles(workspace, files);
        SnapshotStore store = new SnapshotStore(workspace, files, limits);
        return new WorkspaceSnapshots(files, sink -> scanner.scan(latest.latest().orElse(null), sink), store, journal, () -> {
            Lease lease = lock.acquire(Deadline.in(Duration.ZERO));
            try {
                OpenWork.settle(journal, lease, "use the snapshots");
                return new HeldWorkspace(lease, () -> { });
            } catch (RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        }, maxRestoredBytes, store::close);
    }

    @Override
    public List<KeptSnapshot> list() {
        return store.list();
    }

    @Override
    public KeptSnapshot take(String label) throws InterruptedException {
        if (Objects.requireNonNull(label, "label").length() > MAX_LABEL) {
            throw new IllegalArgumentException("label must have at most " + MAX_LABEL + " characters, had " + label.length());
        }
        try (HeldWorkspace held = door.open()) {
            try (Keeping keeping = store.begin(held.lease()::verify, Set.of())) {
                return keep(keeping, look.scan(keeping), label, "take a snapshot");
            } finally {
                afterUse.run();
            }
        }
    }

    @Override
    public RestorePlan preview(String id) throws InterruptedException {
        try (HeldWorkspace held = door.open()) {
            return store.plan(id, look.scan(ContentSink.NONE)).plan();
        }
    }

    @Override
    public RestoreResult restore(String id) throws InterruptedException {
        return restore(id, null);
    }

    @Override
    public RestoreResult restore(RestorePlan plan) throws InterruptedException {
        return restore(plan.snapshot().id(), plan);
    }

    private RestoreResult restore(String id, @Nullable RestorePlan seen) throws InterruptedException {
        try (HeldWorkspace held = door.open()) {
            Restoration restoration;
            KeptSnapshot before;
            try (Keeping keeping = store.begin(held.lease()::verify, Set.of(id))) {
                Snapshot present = look.scan(keeping);
                restoration = store.plan(id, present);
                if (seen != null) {
                    restoration.checkSameAs(seen);
                }
                checkSize(id, restoration);
                before = keep(keeping, present, "before the restore of " + id, "restore the snapshot " + id);
            } finally {
                afterUse.run();
            }
            if (!restoration.plan().changes().isEmpty()) {
                change(restoration, held.lease());
            }
            return RestoreResult.of(restoration.plan(), before);
        }
    }

    private KeptSnapshot keep(Keeping keeping, Snapshot present, String label, String what) throws InterruptedException {
        Keeping.Outcome outcome = keeping.keep(present, label, "");
        return outcome.snapshot().orElseThrow(() -> new AutoSyncException(ErrorCode.SNAPSHOT_NOT_KEPT, "Cannot " + what
                + ": what the workspace holds now cannot be kept, since " + (outcome.why().isEmpty() ? "snapshot.keep is 0" : outcome.why())
                + ". Nothing was changed; make room, or change the limits"));
    }

    private void checkSize(String id, Restoration restoration) {
        if (restoration.bytes() > maxRestoredBytes) {
            throw new AutoSyncException(ErrorCode.SNAPSHOT_NOT_RESTORABLE, "Cannot restore the snapshot " + id
                    + " in one step: the files that differ hold " + restoration.bytes() + " bytes, more than " + maxRestoredBytes
                    + ". Nothing was changed; copy some of them by hand");
        }
    }

    private void change(Restoration restoration, Lease lease) {
        Map<String, Image> seen = restoration.seen(files);
        Map<String, Image> wanted = restoration.wanted(seen);
        try (Transaction transaction = journal.begin("restore-" + lease.token().value() + "-" + Instant.now().toEpochMilli(), lease::verify)) {
            transaction.put(wanted, seen);
            List<String> wrong = restoration.notAsPlanned(files);
            if (!wrong.isEmpty()) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot restore the snapshot " + restoration.plan().snapshot().id() + ": "
                        + wrong.get(0) + " does not hold what was just written to it; somebody else is writing. Everything was put back; try again");
            }
            transaction.commit("");
            transaction.checkpoint();
        }
    }
}
