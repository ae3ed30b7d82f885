package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets the appends of several threads share a transaction, and so a forced write.
 *
 * <p>Whoever gets the lock commits for all who wait, and wakes them; the first of those that came meanwhile is the next to do so. So a group forms while
 * the group before it is forced to the disk, and nobody waits for others to come. Nobody queues for the lock: who is woken with its append done goes
 * its way, and is back with the next one by the time another group begins. Each append is done or refused on its own.
 *
 * <p>Threads: safe to share. An interrupt ends no wait and is kept.
 */
final class GroupCommit {
    private final Door writer;
    private final LogRoom room;
    private final LogLimit limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Append> waiting = new ConcurrentLinkedQueue<>();

    GroupCommit(Door writer, LogRoom room, LogLimit limit) {
        this.writer = writer;
        this.room = room;
        this.limit = limit;
    }

    /** One append, and in the end its sequence number or what went wrong. */
    private static final class Append {
        final FencingToken token;
        final List<Event> batch;
        long sequence;
        @Nullable StoreException failure;
        volatile boolean done;
        private final Semaphore woken = new Semaphore(0);

        Append(FencingToken token, List<Event> batch) {
            this.token = token;
            this.batch = batch;
        }

        void fail(StoreException failure) {
            this.failure = failure;
            done = true;
        }

        void await() {
            woken.acquireUninterruptibly();
        }

        void wake() {
            woken.release();
        }
    }

    /** Appends a batch and returns the last sequence number when it is on the disk. */
    long append(FencingToken token, List<Event> batch) {
        Append mine = new Append(token, batch);
        waiting.add(mine);
        while (!mine.done) {
            if (lock.tryLock()) {
                lead(mine);
            } else {
                mine.await();
            }
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        return mine.sequence;
    }

    private void lead(Append mine) {
        try {
            if (!mine.done) {
                List<Append> group = takeAll();
                commit(group);
                limit.keep(group.stream().mapToLong(append -> append.batch.size()).sum());
            }
        } finally {
            lock.unlock();
            // Whoever finds the lock taken was in the queue before: one that this does not see comes to the lock itself.
            Append next = waiting.peek();
            if (next != null) {
                next.wake();
            }
        }
    }

    private List<Append> takeAll() {
        List<Append> group = new ArrayList<>();
        for (Append next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
        }
        return group;
    }

    private void commit(List<Append> group) {
        List<Append> left = new ArrayList<>(group);
        try {
            while (!left.isEmpty()) {
                commitOrDropOne(left);
            }
        } catch (RuntimeException | Error e) {
            left.forEach(append -> append.fail(new StoreException(ErrorCode.STORE_FAILED, "Cannot append: another append of the group ended with " + e, e)));
            throw e;
        } finally {
            group.forEach(Append::wake);
        }
    }

    /** Commits all that are left; or takes out the one that failed, after which the others have to be done again. */
    private void commitOrDropOne(List<Append> left) {
        AtomicReference<@Nullable Append> at = new AtomicReference<>();
        try {
            writer.pass("append to", tables -> {
                at.set(null);
                left.forEach(append -> append.failure = null);
                room.make();
                for (Append append : left) {
                    at.set(append);
                    add(append, tables);
                }
                at.set(null);
                return null;
            });
            left.forEach(append -> append.done = true);
            left.clear();
        } catch (StoreException e) {
            Append failed = at.get();
            if (failed == null) {
                // It was the opening or the commit: all have failed, each with an exception of its own.
                left.forEach(append -> append.fail(new StoreException(e.code(), String.valueOf(e.getMessage()), e)));
                left.clear();
            } else {
                failed.fail(e);
                left.remove(failed);
            }
        }
    }

    /** A token that is refused was refused before anything was written: the others may go on. */
    private static void add(Append append, Tables tables) throws SQLException {
        try {
            tables.require(append.token);
        } catch (StoreException e) {
            append.failure = e;
            return;
        }
        append.sequence = tables.append(append.token, append.batch);
    }
}
