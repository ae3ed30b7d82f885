package dev.autosync.core.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.Hold;
import dev.autosync.lock.LockException;
import dev.autosync.lock.ProcessLock;
import java.io.IOException;
import java.time.Clock;

/** A held workspace. Threads: safe to share; to be closed on any. */
public final class Lease implements Hold {
    private final Workspace workspace;
    private final OwnerFile ownerFile;
    private final Clock clock;
    private final ProcessLock.Held held;
    private OwnerRecord record;

    Lease(Workspace workspace, OwnerFile ownerFile, Clock clock, ProcessLock.Held held, OwnerRecord record) {
        this.workspace = workspace;
        this.ownerFile = ownerFile;
        this.clock = clock;
        this.held = held;
        this.record = record;
    }

    @Override
    public synchronized FencingToken token() {
        return new FencingToken(record.token());
    }

    @Override
    public boolean held() {
        return held.valid();
    }

    /**
     * Sees that the workspace is still held.
     *
     * @throws LockException {@link ErrorCode#WORKSPACE_LOST} if it is not
     */
    public void verify() {
        if (!held.valid()) {
            throw new LockException(ErrorCode.WORKSPACE_LOST, "Cannot go on in the workspace " + workspace.root() + ": it was lost while it was held"
                    + ownerFile.owner().map(owner -> ", and was last taken by " + owner).orElse("")
                    + ". Somebody has taken it by force, has deleted or replaced the lock's file, or something in this process has opened it."
                    + " Nothing more is written; whoever has the workspace next puts right what was left", ownerFile.owner().orElse(null));
        }
    }

    /** Lets others see what the holder is doing. */
    public synchronized void phase(String phase) {
        record = record.next(phase, clock.instant());
        if (held.inPlace()) {
            ownerFile.write(record);
        }
    }

    /** Lets others see that the holder is still doing it. */
    public synchronized void sign() {
        phase(record.phase());
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot free the workspace " + workspace.root() + ": " + e, e);
        }
    }
}
