package dev.autosync.core.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.Hold;
import dev.autosync.lock.LockException;
import dev.autosync.lock.LockOwner;
import dev.autosync.lock.LockStatus;
import dev.autosync.lock.ProcessLock;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change a workspace: a lock between processes on {@code .autosync/lock}, who has it in {@code owner.json}, and a token for each
 * grant in {@code token}.
 *
 * <p>Threads: safe to share.
 */
public final class FileWorkspaceLock implements WorkspaceLock {
    private static final Logger LOG = LoggerFactory.getLogger(FileWorkspaceLock.class);

    /** How often a waiter that may take the workspace away looks whether its owner has said something. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Workspace workspace;
    private final ProcessLock lock;
    private final OwnerFile ownerFile;
    private final TokenFile tokenFile;
    private final Clock clock;
    private final @Nullable Duration takeOverAfter;
    private volatile @Nullable Lease latest;

    /**
     * A lock that nobody here holds yet.
     *
     * @param takeOverAfter how long an owner may say nothing before a waiter takes the workspace away from it; null for ever
     */
    public FileWorkspaceLock(Workspace workspace, FilePort files, Clock clock, @Nullable Duration takeOverAfter) {
        this.workspace = workspace;
        this.lock = ProcessLock.on(workspace.state("lock"));
        this.ownerFile = new OwnerFile(files, workspace.state("owner.json"), NetworkFileSystem.isLocal(workspace.root()));
        this.tokenFile = new TokenFile(files, workspace.state("token"));
        this.clock = clock;
        this.takeOverAfter = takeOverAfter;
    }

    @Override
    public Lease acquire(Deadline deadline) throws InterruptedException {
        return acquire(deadline, Grants.OF_THE_WORKSPACE);
    }

    /**
     * Takes the workspace.
     *
     * @param deadline until when to wait
     * @param grants gives the token of the grant
     * @return the hold; to be closed on any thread
     * @throws LockException if it is busy for so long
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public Lease acquire(Deadline deadline, Grants grants) throws InterruptedException {
        workspace.createState();
        try {
            return granted(takeOverAfter == null ? lock.acquire(deadline) : acquireOrTakeOver(deadline, takeOverAfter), grants);
        } catch (IOException e) {
            throw failed("lock", e);
        } catch (LockException e) {
            throw e.code() == ErrorCode.LOCK_BUSY ? busy() : e;
        }
    }

    private ProcessLock.Held acquireOrTakeOver(Deadline deadline, Duration patience) throws IOException, InterruptedException {
        SilentOwner watch = new SilentOwner(patience);
        Duration look = patience.compareTo(LOOK) < 0 ? patience : LOOK;
        while (true) {
            if (watch.tooLong(ownerFile.read())) {
                LOG.warn("Taking the workspace {} away from {}, which has said nothing for {}", workspace.root(),
                        ownerFile.owner().map(LockOwner::toString).orElse("its owner"), patience);
                return lock.force();
            }
            try {
                return lock.acquire(deadline.earlier(Deadline.in(look)));
            } catch (LockException e) {
                if (deadline.expired()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Optional<Hold> tryAcquire() {
        return tryAcquire(Grants.OF_THE_WORKSPACE).map(lease -> lease);
    }

    /** Takes the workspace if it is free this moment. */
    public Optional<Lease> tryAcquire(Grants grants) {
        workspace.createState();
        try {
            Optional<ProcessLock.Held> held = lock.tryAcquire();
            return held.isEmpty() ? Optional.empty() : Optional.of(granted(held.get(), grants));
        } catch (IOException e) {
            throw failed("lock", e);
        }
    }

    @Override
    public Hold force() {
        workspace.createState();
        try {
            return granted(lock.force(), Grants.OF_THE_WORKSPACE);
        } catch (IOException e) {
            throw failed("take away", e);
        }
    }

    @Override
    public LockStatus inspect() {
        if (!workspace.state("lock").toFile().exists()) {
            return LockStatus.of(false, ownerFile.owner());
        }
        try {
            // To look and to take it for a moment is the same: the system has no other question.
            Optional<ProcessLock.Held> free = lock.tryAcquire();
            if (free.isPresent()) {
                free.get().close();
            }
            return LockStatus.of(free.isEmpty(), ownerFile.owner());
        } catch (IOException e) {
            throw failed("look at the lock of", e);
        }
    }

    /** Lets others see that whoever holds the workspace through this lock is still at work. */
    public void sign() {
        Lease lease = latest;
        if (lease != null) {
            lease.sign();
        }
    }

    private Lease granted(ProcessLock.Held held, Grants grants) throws IOException {
        try {
            FencingToken token = grants.grant(new FencingToken(tokenFile.last() + 1));
            tokenFile.write(token.value());
            OwnerRecord owner = new OwnerRecord(ProcessIdentity.current(), "lease", clock.instant(), clock.instant(), token.value());
            ownerFile.write(owner);
            Lease lease = new Lease(workspace, ownerFile, clock, held, owner);
            latest = lease;
            return lease;
        } catch (IOException | RuntimeException | Error e) {
            try {
                held.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private LockException busy() {
        Optional<LockOwner> owner = ownerFile.owner();
        return new LockException(ErrorCode.WORKSPACE_BUSY, "Cannot take the workspace " + workspace.root() + ": it is held by "
                + owner.map(LockOwner::toString).orElse("an unknown process") + ". " + advice(owner), owner.orElse(null));
    }

    private static String advice(Optional<LockOwner> owner) {
        return switch (owner.map(LockOwner::state).orElse(LockOwner.State.UNKNOWN)) {
            case ALIVE -> "Wait for it to end, or end it; the workspace is then free by itself";
            case STALLED -> "Continue it or end it; if neither can be done, WorkspaceLock.force() takes the workspace away";
            case DEAD -> "That one has ended; who holds it now could not write its name. Wait for it to end";
            case UNKNOWN -> "It cannot be seen from here whether it still runs: it is on another machine or in another container, or could not "
                    + "write its name. Look there; if it cannot come back, WorkspaceLock.force() takes the workspace away";
        };
    }

    private AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot " + what + " the workspace " + workspace.root() + ": " + e
                + ". Check permissions and space of its folder " + Workspace.STATE_FOLDER, e);
    }
}
