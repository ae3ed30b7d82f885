package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.core.gate.HeldWorkspace;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.trend.RecordedHistory;
import dev.autosync.history.History;
import dev.autosync.history.StoreMove;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: one cycle after the other. */
final class Engine implements SyncEngine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineParts parts;
    private final Store store;
    private final Optional<StoreMover> mover;
    private final ReentrantLock oneCycle = new ReentrantLock();
    private volatile boolean closed;

    /**
     * An engine.
     *
     * @param mover moves the history to another store; empty for a store of the caller's, who closes it
     */
    Engine(EngineParts parts, Optional<StoreMover> mover) {
        this.parts = parts;
        this.store = parts.store();
        this.mover = mover;
    }

    /** Says something in the report of the first cycle. */
    void warn(String warning) {
        parts.warnInFirstReport(List.of(warning));
    }

    /** Puts right what a dead process left, unless somebody else has the workspace and will see to it. */
    void recover() {
        if (parts.workspace().journal().empty()) {
            return;
        }
        Optional<Lease> free = parts.workspace().lock().tryAcquire(store::grant);
        if (free.isEmpty()) {
            return;
        }
        try (Lease lease = free.get()) {
            List<String> warnings = parts.recover(lease, new Events("open-" + lease.token().value(), parts.clock()));
            warnings.forEach(LOG::warn);
            parts.warnInFirstReport(warnings);
        }
    }

    @Override
    public SyncReport sync() throws InterruptedException {
        checkNotWithin("run a cycle");
        oneCycle.lockInterruptibly();
        try {
            if (closed) {
                throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot run a cycle: the engine was closed");
            }
            return new Cycle(parts).run();
        } finally {
            oneCycle.unlock();
        }
    }

    @Override
    public Snapshots snapshots() {
        return parts.workspace().kept(this::hold);
    }

    @Override
    public History history() {
        return new RecordedHistory(store);
    }

    @Override
    public StoreMove moveStore(String name) throws InterruptedException {
        checkNotWithin("move the history");
        StoreMover moving = mover.orElseThrow(() -> new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot move the history to '" + name
                + "': the engine was given a store by its caller. Copy it with Stores.copy, and give the engine the copy"));
        StoreFactory factory = moving.factory(name);
        oneCycle.lockInterruptibly();
        try {
            if (closed) {
                throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot move the history: the engine was closed");
            }
            try (Lease lease = parts.lease()) {
                return moving.move(factory, lease);
            }
        } finally {
            oneCycle.unlock();
        }
    }

    private HeldWorkspace hold() throws InterruptedException {
        checkNotWithin("use the snapshots");
        oneCycle.lockInterruptibly();
        try {
            if (closed) {
                throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot use the snapshots: the engine was closed");
            }
            Lease lease = parts.lease();
            try {
                parts.warnInFirstReport(parts.recover(lease, new Events("snapshots-" + lease.token().value(), parts.clock())));
                return new HeldWorkspace(lease, oneCycle::unlock);
            } catch (RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            oneCycle.unlock();
            throw e;
        }
    }

    /** A cycle within a cycle would wait for itself, and a store that is closed within one could not record it. */
    private void checkNotWithin(String what) {
        if (oneCycle.isHeldByCurrentThread()) {
            throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot " + what
                    + ": this thread is in the middle of a cycle of the same engine. Do it when sync() has returned");
        }
    }

    @Override
    public void close() {
        checkNotWithin("close the engine");
        oneCycle.lock();
        try {
            if (!closed) {
                closed = true;
                try {
                    parts.close();
                } finally {
                    if (mover.isPresent()) {
                        store.close();
                    }
                }
            }
        } finally {
            oneCycle.unlock();
        }
    }
}
