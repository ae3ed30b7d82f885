package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.journal.Recovery;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchRunner;
import dev.autosync.retry.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The gate alone: no configuration, no store, no reports. */
final class GatePatchRunner implements PatchRunner {
    private final WorkspaceParts parts;
    private final Duration lockWait;

    GatePatchRunner(WorkspaceParts parts, Duration lockWait) {
        this.parts = parts;
        this.lockWait = lockWait;
    }

    @Override
    public BatchReport run(PatchBatch batch) throws InterruptedException {
        try (Lease lease = parts.lock().acquire(Deadline.in(lockWait))) {
            recover(lease);
            Snapshot before = parts.snapshot();
            Baseline baseline = parts.baseline(before, batch, patch -> Optional.empty());
            try (Transaction transaction = parts.journal().begin("batch-" + lease.token().value() + "-" + Instant.now().toEpochMilli(),
                    lease::verify)) {
                WorkspaceParts.Gated gated = parts.decide(batch, patch -> Optional.empty(), before, baseline, transaction);
                transaction.commit("");
                transaction.checkpoint();
                parts.settle(gated);
                return gated.decision().report();
            }
        }
    }

    /** Puts the workspace right. What an engine has landed and not yet recorded only an engine can record. */
    private void recover(Lease lease) {
        Recovery recovery = parts.journal().recovery(lease::verify);
        Optional<Recovery.Result> left = recovery.run();
        if (left.isPresent() && !left.get().payload().isEmpty()) {
            throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot run a batch: cycle " + left.get().transaction()
                    + " of an engine has landed in this workspace and is not recorded yet. Open the workspace with SyncEngine once");
        }
        recovery.forget();
    }
}
