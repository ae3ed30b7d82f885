package dev.autosync.core.gate;

import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.patch.BatchPreview;
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
    public BatchPreview preview(PatchBatch batch) {
        return parts.preview(batch);
    }

    @Override
    public BatchReport run(PatchBatch batch) throws InterruptedException {
        parts.check(batch);
        try (Lease lease = parts.lock().acquire(Deadline.in(lockWait))) {
            OpenWork.settle(parts.journal(), lease, "run a batch");
            Snapshot before = parts.snapshot("", lease::verify).snapshot();
            Baseline baseline = parts.baseline(before, batch, patch -> Optional.empty());
            try (Transaction transaction = parts.journal().begin("batch-" + lease.token().value() + "-" + Instant.now().toEpochMilli(),
                    lease::verify)) {
                WorkspaceParts.Gated gated = parts.decide(batch, patch -> Optional.empty(), before, baseline, Experience.none(), transaction);
                transaction.commit("");
                transaction.checkpoint();
                parts.settle(gated);
                return gated.decision().report();
            }
        }
    }
}
