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
 * grant in {@code token}. What makes one grant at a time is a second lock, on {@code grant}.
 *
 * <p>Threads: safe to share.
 */
public final class FileWorkspaceLock implements WorkspaceLock {
    private static final Logger LOG = LoggerFactory.getLogger(FileWorkspaceLock.class);

    /** How often a waiter that may take the workspace away looks whether its owner has said something. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Longer than a store takes to grant a token. */
    private static final Duration LONGEST_GRANT = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final ProcessLock lock;
    private final ProcessLock grantTurn;
    private final OwnerFile ownerFile;
    private final TokenFile tokenFile;
    private final Clock clock;
    private final Grants usual;
    private final @Nullable Duration takeOverAfter;
    private final FileSystems fileSystems;
    private volatile boolean checked;
    private volatile @Nullable Lease latest;

    /**
     * A lock that nobody here holds yet.
     *
     * @param takeOverAfter how long an owner may say nothing before a waiter takes the workspace away from it; null for ever
     * @param networkAllowed whether the locks of a network file system are relied upon
     */
    public FileWorkspaceLock(Workspace workspace, FilePort files, Clock clock, @Nullable Duration takeOverAfter, boolean networkAllowed) {
        this(workspace, files, clock, takeOverAfter, Grants.OF_THE_WORKSPACE, new FileSystems(networkAllowed));
    }

    /**
     * A lock that nobody here holds yet, on a disk of this machine.
     *
     * @param takeOverAfter how long an owner may say nothing before a waiter takes the workspace away from it; null for ever
     */
    public FileWorkspaceLock(Workspace workspace, FilePort files, Clock clock, @Nullable Duration takeOverAfter) {
        this(workspace, files, clock, takeOverAfter, false);
    }

    /**
     * A lock that nobody here holds yet, whose tokens somebody else gives.
     *
     * @param usual gives the tokens of grants, where a caller says nothing else
     */
    public FileWorkspaceLock(Workspace workspace, FilePort files, Grants usual, Clock clock) {
        this(workspace, files, clock, null, usual, new FileSystems(true));
    }

    FileWorkspaceLock(Workspace workspace, FilePort files, Clock clock, @Nullable Duration takeOverAfter, Grants usual, FileSystems fileSystems) {
        this.fileSystems = fileSystems;
        this.usual = usual;
        this.workspace = workspace;
        this.lock = ProcessLock.on(workspace.state("lock"));
        this.grantTurn = ProcessLock.on(workspace.state("grant"));
        this.ownerFile = new OwnerFile(files, workspace.state("owner.json"), fileSystems.isLocal(workspace.root()));
        this.tokenFile = new TokenFile(files, workspace.state("token"));
        this.clock = clock;
        this.takeOverAfter = takeOverAfter;
    }

    @Override
    public Lease acquire(Deadline deadline) throws InterruptedException {
        return acquire(deadline, usual);
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
        createState();
        SilentOwner watch = new SilentOwner(takeOverAfter);
        try {
            while (true) {
                Optional<Lease> lease = takeOverAfter == null ? granted(lock.acquire(deadline), grants) : acquireOrTakeOver(deadline, watch, grants);
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
        } catch (IOException e) {
            throw failed("lock", e);
        } catch (LockException e) {
            throw e.code() == ErrorCode.LOCK_BUSY ? busy() : e;
        }
    }

    /** Waits a little; empty if somebody else was quicker, or has still to be waited for. */
    private Optional<Lease> acquireOrTakeOver(Deadline deadline, SilentOwner watch, Grants grants) throws IOException, InterruptedException {
        if (watch.tooLong(ownerFile.read())) {
            try (ProcessLock.Held turn = grantTurn.acquire(deadline)) {
                // Whoever comes second sees the new owner.
                if (watch.tooLong(ownerFile.read())) {
                    LOG.warn("Taking the workspace {} away from {}, which says nothing any more", workspace.root(),
                            ownerFile.owner().map(LockOwner::toString).orElse("its owner"));
                    return Optional.of(lease(lock.force(), grants));
                }
            }
        }
        try {
            return granted(lock.acquire(deadline.earlier(Deadline.in(LOOK))), grants);
        } catch (LockException e) {
            if (deadline.expired()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<Hold> tryAcquire() {
        return tryAcquire(usual).map(lease -> lease);
    }

    /** Takes the workspace if it is free this moment. */
    public Optional<Lease> tryAcquire(Grants grants) {
        createState();
        try {
            Optional<ProcessLock.Held> held = lock.tryAcquire();
            return held.isEmpty() ? Optional.empty() : granted(held.get(), grants);
        } catch (IOException e) {
            throw failed("lock", e);
        }
    }

    @Override
    public Hold force() {
        return force(usual);
    }

    /** Takes the workspace away from whoever has it. */
    public Lease force(Grants grants) {
        createState();
        try (ProcessLock.Held turn = grantTurn.acquireUninterruptibly(Deadline.in(LONGEST_GRANT))) {
            return lease(lock.force(), grants);
        } catch (IOException e) {
            throw failed("take away", e);
        }
    }

    private void createState() {
        if (!checked) {
            fileSystems.check(workspace);
            checked = true;
        }
        workspace.createState();
    }

    @Override
    public LockStatus inspect() {
        if (!workspace.state("lock").toFile().exists()) {
            return LockStatus.of(false, ownerFile.owner());
        }
        try {
            // To look and to take it for a moment is the same: the system has no other question.
            return LockStatus.of(!lock.isFree(), ownerFile.owner());
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

    /**
     * Grants what was locked. One grant at a time: otherwise somebody from whom the workspace was taken in this moment could be given a higher token
     * than the one who has taken it.
     *
     * @return empty if it was taken away already
     */
    private Optional<Lease> granted(ProcessLock.Held held, Grants grants) throws IOException {
        try (ProcessLock.Held turn = grantTurn.acquireUninterruptibly(Deadline.in(LONGEST_GRANT))) {
            if (held.inPlace()) {
                return Optional.of(lease(held, grants));
            }
        } catch (IOException | RuntimeException e) {
            closeAfter(e, held);
            throw e;
        }
        held.close();
        return Optional.empty();
    }

    private Lease lease(ProcessLock.Held held, Grants grants) throws IOException {
        try {
            FencingToken atLeast = new FencingToken(tokenFile.last() + 1);
            FencingToken token = grants.grant(atLeast);
            if (token == null || token.compareTo(atLeast) < 0) {
                throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot take the workspace " + workspace.root() + ": its store has granted "
                        + token + " where " + atLeast + " or more was asked for. Tell its author");
            }
            tokenFile.write(token.value());
            OwnerRecord owner = new OwnerRecord(ProcessIdentity.current(), "lease", clock.instant(), clock.instant(), token.value());
            ownerFile.write(owner);
            Lease lease = new Lease(workspace, ownerFile, clock, held, owner);
            latest = lease;
            return lease;
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e, held);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, ProcessLock.Held held) {
        try {
            held.close();
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    private LockException busy() {
        Optional<LockOwner> owner = ownerFile.owner();
        return new LockException(ErrorCode.WORKSPACE_BUSY, "Cannot take the workspace " + workspace.root() + ": it is held by "
                + owner.map(LockOwner::toString).orElse("an unknown process") + ". " + advice(owner), owner.orElse(null));
    }

    private String advice(Optional<LockOwner> owner) {
        if (ownerFile.read().filter(record -> record.process().equals(ProcessIdentity.current())).isPresent()) {
            return "That is this process itself: another engine or thread of it has the workspace. Close that first; it cannot be taken twice";
        }
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
