package dev.autosync.core.gate;

import dev.autosync.core.journal.Recovery;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.WorkspaceLock.Lease;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchRunner;
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
        try (Lease lease = parts.lock().acquire(lockWait, 0)) {
            Recovery recovery = parts.journal().recovery();
            recovery.run();
            recovery.forget();
            Snapshot before = parts.snapshot();
            Baseline baseline = parts.baseline(before);
            try (Transaction transaction = parts.journal().begin("batch-" + lease.token().value() + "-" + Instant.now().toEpochMilli())) {
                WorkspaceParts.Gated gated = parts.decide(batch, patch -> Optional.empty(), before, baseline, transaction);
                transaction.commit("");
                transaction.checkpoint();
                parts.settle(gated);
                return gated.decision().report();
            }
        }
    }
}
