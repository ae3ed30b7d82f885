package dev.autosync.lock;

import dev.autosync.ErrorCode;
import dev.autosync.retry.Deadline;
import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one process of this machine holds at a time, and one thread in it: the operating system's lock on a file.
 *
 * <p>Called by embedding code and by plugins. The system frees it when its process ends, however that ends; so nothing is ever stale, and the
 * file is never to be deleted. It stays empty: who holds the lock belongs into another file, since to close any descriptor of this one in the
 * same process would free it (POSIX). Nobody but this class should open it; {@link Held#valid()} tells where somebody has.
 *
 * <p>Two paths are one lock if they lead to one file. It is not reentrant, and not tied to a thread. Waiters of one process queue,
 * and the first of them looks for the lock every fraction of a millisecond, after a while less often. On file systems between machines it is as
 * good as theirs.
 *
 * <p>Threads: safe to share, also between class loaders. Interrupts end a wait and nothing else.
 *
 * @since 0.1.0
 */
public final class ProcessLock {
    /** One waiter of this process looks at the file, the others wait for it. */
    private static final KeyedLocks WAITING = new KeyedLocks();

    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_OF_THE_PATIENT = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int EAGER_ATTEMPTS = 20_000;

    /** To look costs a few microseconds; jitter keeps waiting processes from looking all at once. */
    private static final RetryPolicy LOOKS = RetryPolicy.custom((attempt, previous, random) -> random.nextLong(SHORTEST_PAUSE,
            attempt < EAGER_ATTEMPTS ? LONGEST_PAUSE : LONGEST_PAUSE_OF_THE_PATIENT))
            .attempts(Integer.MAX_VALUE).onResult(found -> found == null).onFailure(failure -> false);

    /** FUSE with a subtype counts whatever the subtype, for nearly all of them reach over a network; {@code fuseblk}, a local disk, does not. */
    private static final Pattern NETWORK = Pattern.compile("nfs.*|cifs|smb.*|fuse\\..*|fuse|9p|afs|afpfs|ceph|lustre|glusterfs|gpfs|beegfs|"
            + "ncpfs|webdav|davfs.*|vboxsf|prl_fs");

    private final Path file;

    private ProcessLock(Path file) {
        this.file = file;
    }

    /**
     * The lock on a file. Nothing is touched before it is taken.
     *
     * @param file the file, made when it is not there; its folder is
     * @return the lock
     */
    public static ProcessLock on(Path file) {
        return new ProcessLock(Objects.requireNonNull(file, "file").toAbsolutePath());
    }

    /**
     * Whether other machines see the files of a file system too, so that a lock there is as good as the file system keeps it.
     *
     * @param type what {@link java.nio.file.FileStore#type()} calls it
     * @return false for a disk of this machine, and for a name that is not known
     */
    public static boolean isNetworkFileSystem(String type) {
        return NETWORK.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Takes the lock.
     *
     * @param deadline until when to wait
     * @return what is held; to be closed on any thread
     * @throws LockException {@link ErrorCode#LOCK_BUSY} if somebody else has it all that time
     * @throws IOException if the file cannot be made or locked, or is no regular file
     * @throws InterruptedException if the thread was interrupted; the lock is not held
     */
    public Held acquire(Deadline deadline) throws IOException, InterruptedException {
        String key = LockFile.key(file);
        // Whoever waits already comes first.
        Held free = WAITING.holder(key).isPresent() ? null : held();
        if (free != null) {
            return free;
        }
        try (Hold turn = WAITING.acquire(key, deadline)) {
            long left = deadline.remainingNanos();
            return got(left <= 0 ? held() : looks(left).call(this::held));
        } catch (LockException e) {
            throw busy();
        }
    }

    /**
     * Takes the lock, without being cut short by an interrupt.
     *
     * @param deadline until when to wait
     * @return what is held; to be closed on any thread
     * @throws LockException {@link ErrorCode#LOCK_BUSY} if somebody else has it all that time
     * @throws IOException if the file cannot be made or locked, or is no regular file
     */
    public Held acquireUninterruptibly(Deadline deadline) throws IOException {
        long left = deadline.remainingNanos();
        return got(left <= 0 ? held() : looks(left).callUninterruptibly(this::held));
    }

    /**
     * Takes the lock if it is free.
     *
     * @return what is held, to be closed on any thread; empty if somebody else has it
     * @throws IOException if the file cannot be made or locked, or is no regular file
     */
    public Optional<Held> tryAcquire() throws IOException {
        return Optional.ofNullable(held());
    }

    /**
     * Whether nobody has the lock. Other processes see it taken while this looks, for some microseconds.
     *
     * @return true if it could be taken now
     * @throws IOException if the file cannot be made or locked, or is no regular file
     */
    public boolean isFree() throws IOException {
        return LockFile.isFree(file);
    }

    /**
     * Takes the lock away from whoever has it, by putting another file in the place of the locked one. Its holder learns that from
     * {@link Held#valid()}, not before.
     *
     * @return what is held; to be closed on any thread
     * @throws IOException if the file cannot be replaced, as on Windows while it is open
     */
    public Held force() throws IOException {
        return new Held(LockFile.replace(file));
    }

    private static Retry looks(long nanos) {
        return Retry.of(LOOKS.deadline(Duration.ofNanos(nanos)));
    }

    private @Nullable Held held() throws IOException {
        LockFile locked = LockFile.tryLock(file);
        return locked == null ? null : new Held(locked);
    }

    private Held got(@Nullable Held held) {
        if (held == null) {
            throw busy();
        }
        return held;
    }

    private LockException busy() {
        return new LockException(ErrorCode.LOCK_BUSY, "Cannot take the lock on " + file + " before the deadline: "
                + "another process, or another thread of this one, has it. Wait longer", null);
    }

    @Override
    public String toString() {
        return "ProcessLock[" + file + ']';
    }

    /** A lock, held. */
    public static final class Held implements AutoCloseable {
        private final LockFile file;

        private Held(LockFile file) {
            this.file = Objects.requireNonNull(file);
        }

        /**
         * Whether it still is held: it may have been lost if somebody has deleted or replaced the file, or, where that can be told (Linux),
         * if somebody in this process has opened and closed it. Can be asked on an interrupted thread, and changes nothing. Cost: some tenths of
         * a millisecond.
         *
         * @return false if it was lost or closed
         */
        public boolean valid() {
            return file.valid();
        }

        /**
         * Whether nobody has deleted or replaced the file: a part of what {@link #valid()} sees. Cost: some microseconds.
         *
         * @return false if another file, or none, is in its place
         */
        public boolean inPlace() {
            return file.inPlace();
        }

        /**
         * Gives the lock back. Does nothing the second time.
         *
         * @throws IOException if the system reports a failure; the lock is free all the same
         */
        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
