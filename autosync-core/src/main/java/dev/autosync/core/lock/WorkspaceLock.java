package dev.autosync.core.lock;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.LockException;
import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change a workspace: one holder in this process, and one process on this machine.
 *
 * <p>The truth is an operating system's lock on {@code .autosync/lock}, which the kernel frees when its process dies. The file is never
 * deleted, and nobody else in this process opens it, since closing any descriptor of it would free the lock.
 * Threads: safe to share.
 */
public final class WorkspaceLock {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceLock.class);

    /** Which workspaces this process holds or is about to. A second lock of one process on one file would be an error, not a wait. */
    private static final Map<Path, Object> HELD_HERE = new ConcurrentHashMap<>();

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Workspace workspace;
    private final FilePort files;
    private final Clock clock;

    /** A lock that nobody holds yet. */
    public WorkspaceLock(Workspace workspace, FilePort files, Clock clock) {
        this.workspace = workspace;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Takes the workspace.
     *
     * @param wait how long to wait for it; zero does not wait
     * @param lastToken the highest token that the store knows, 0 for none
     * @return the hold; to be closed on any thread
     * @throws LockException if it is busy for so long
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public Lease acquire(Duration wait, long lastToken) throws InterruptedException {
        workspace.createState();
        long start = System.nanoTime();
        long waitNanos = saturatedNanos(wait);
        while (true) {
            Optional<Lease> lease = tryAcquire(lastToken);
            if (lease.isPresent()) {
                return lease.get();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for the workspace " + workspace.root());
            }
            if (System.nanoTime() - start >= waitNanos) {
                throw busy(wait);
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    /** Takes the workspace if it is free this moment. */
    public Optional<Lease> tryAcquire(long lastToken) {
        workspace.createState();
        Object claim = new Object();
        if (HELD_HERE.putIfAbsent(workspace.root(), claim) != null) {
            return Optional.empty();
        }
        @Nullable RandomAccessFile raw = null;
        try {
            Path file = workspace.state("lock");
            if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                throw new IOException(file + " is no regular file");
            }
            raw = new RandomAccessFile(file.toFile(), "rw");
            FileLock lock = tryLock(raw);
            if (lock == null) {
                raw.close();
                HELD_HERE.remove(workspace.root(), claim);
                return Optional.empty();
            }
            long token = 1 + Math.max(lastToken, OwnerRecord.read(files, ownerFile()).map(OwnerRecord::token).orElse(0L));
            OwnerRecord owner = new OwnerRecord(ProcessIdentity.current(), "lease", clock.instant(), token);
            owner.write(files, ownerFile());
            return Optional.of(new Lease(raw, claim, owner));
        } catch (IOException | RuntimeException e) {
            closeQuietly(raw, e);
            HELD_HERE.remove(workspace.root(), claim);
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot lock the workspace " + workspace.root() + ": " + e
                    + ". Check the permissions of its folder " + Workspace.STATE_FOLDER, e);
        }
    }

    private static @Nullable FileLock tryLock(RandomAccessFile raw) throws IOException {
        try {
            return raw.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this process through another class loader's copy of this class.
            return null;
        }
    }

    private LockException busy(Duration waited) {
        Optional<LockOwner> owner = OwnerRecord.read(files, ownerFile())
                .map(record -> record.owner(ProcessIdentity.current().stateOf(record.process())));
        return new LockException(ErrorCode.WORKSPACE_BUSY, "Cannot take the workspace " + workspace.root() + (waited.isZero() ? "" : " within " + waited)
                + ": it is held by " + owner.map(LockOwner::toString).orElse("an unknown process")
                + ". Wait for it to end, or end it; the workspace is then free by itself", owner.orElse(null));
    }

    private Path ownerFile() {
        return workspace.state("owner.json");
    }

    private static long saturatedNanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static void closeQuietly(@Nullable RandomAccessFile raw, Exception because) {
        if (raw != null) {
            try {
                raw.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }

    /** A held workspace. */
    public final class Lease implements AutoCloseable {
        private final RandomAccessFile raw;
        private final Object claim;
        private OwnerRecord owner;
        private boolean open = true;

        private Lease(RandomAccessFile raw, Object claim, OwnerRecord owner) {
            this.raw = raw;
            this.claim = claim;
            this.owner = owner;
        }

        /** The number of this grant, higher than that of every grant before. */
        public FencingToken token() {
            return new FencingToken(owner.token());
        }

        /** Lets others see what the holder is doing. A record that cannot be written harms nobody. */
        public void phase(String phase) {
            OwnerRecord next = new OwnerRecord(owner.process(), phase, owner.since(), owner.token());
            try {
                next.write(files, ownerFile());
                owner = next;
            } catch (IOException e) {
                LOG.debug("Cannot write {}", ownerFile(), e);
            }
        }

        /** Frees the workspace. Does nothing the second time. */
        @Override
        public void close() {
            if (!open) {
                return;
            }
            open = false;
            try {
                raw.close();
            } catch (IOException e) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot free the workspace " + workspace.root() + ": " + e, e);
            } finally {
                HELD_HERE.remove(workspace.root(), claim);
            }
        }
    }
}
