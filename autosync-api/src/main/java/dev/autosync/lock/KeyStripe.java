package dev.autosync.lock;

import dev.autosync.lock.KeyEntry.Waiter;
import dev.autosync.retry.Deadline;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys of {@link KeyedLocks}.
 *
 * <p>Everything in it is read and written under its mutex, which is held for a few instructions and never while anybody waits. So an entry
 * is there exactly as long as somebody holds its key or waits for it, and there is no moment between finding an entry and using it.
 */
final class KeyStripe {
    private static final int SPINS = 64;

    /** A waiter is woken. That it looks for itself as well guards against a wake-up that is lost (virtual threads, JDK-8369227). */
    private static final long LONGEST_PARK = TimeUnit.MILLISECONDS.toNanos(500);

    private final StampedLock mutex = new StampedLock();
    private @Nullable KeyEntry first;

    /** The entry that was given up last: a key that nobody else wants then costs no entry. */
    private @Nullable KeyEntry spare;
    private long grants;

    /** Takes a key if it is free or this thread's already; null if it is not. */
    @Nullable KeyHold take(String key) {
        long stamp = enter();
        try {
            KeyEntry entry = find(key);
            if (entry == null) {
                return grant(add(key));
            }
            if (entry.owner == Thread.currentThread()) {
                entry.depth++;
                return new KeyHold(this, entry);
            }
            return entry.owner == null ? grant(entry) : null;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    /** Takes a key that another thread had a moment ago. */
    KeyHold await(String key, Deadline deadline) throws InterruptedException {
        Waiter waiter = new Waiter();
        KeyHold hold = takeOrQueue(key, waiter);
        while (hold == null) {
            long left = deadline.remainingNanos();
            boolean interrupted = Thread.interrupted();
            if (interrupted || left <= 0) {
                Optional<Thread> holder = leave(key, waiter);
                if (interrupted) {
                    throw new InterruptedException("interrupted while waiting for the key '" + key + "'");
                }
                throw LockException.keyBusy(key, holder);
            }
            LockSupport.parkNanos(this, Math.min(left, LONGEST_PARK));
            hold = takeQueued(key, waiter);
        }
        return hold;
    }

    private @Nullable KeyHold takeOrQueue(String key, Waiter waiter) {
        long stamp = enter();
        try {
            KeyEntry entry = find(key);
            if (entry == null) {
                return grant(add(key));
            }
            if (entry.owner == null) {
                return grant(entry);
            }
            entry.enqueue(waiter);
            return null;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    private @Nullable KeyHold takeQueued(String key, Waiter waiter) {
        long stamp = enter();
        try {
            KeyEntry entry = Objects.requireNonNull(find(key));
            if (entry.owner != null) {
                return null;
            }
            entry.dequeue(waiter);
            return grant(entry);
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    /** Waits no longer; who holds the key. If it has just become free the next in line is woken in this one's place. */
    private Optional<Thread> leave(String key, Waiter waiter) {
        Optional<Thread> holder;
        Thread next;
        long stamp = enter();
        try {
            KeyEntry entry = Objects.requireNonNull(find(key));
            entry.dequeue(waiter);
            holder = Optional.ofNullable(entry.owner);
            next = holder.isPresent() ? null : next(entry);
        } finally {
            mutex.unlockWrite(stamp);
        }
        LockSupport.unpark(next);
        return holder;
    }

    /** Gives a key back. */
    void release(KeyHold hold) {
        Thread next = null;
        long stamp = enter();
        try {
            KeyEntry entry = hold.entry();
            if (hold.isClosed()) {
                return;
            }
            if (entry.owner != Thread.currentThread()) {
                throw new IllegalStateException("the key '" + entry.key + "' is held by the thread "
                        + Objects.requireNonNull(entry.owner).getName() + " and can be given back there only; this is "
                        + Thread.currentThread().getName());
            }
            hold.markClosed(entry.token);
            entry.depth--;
            if (entry.depth == 0) {
                entry.owner = null;
                next = next(entry);
            }
        } finally {
            mutex.unlockWrite(stamp);
        }
        if (next != null) {
            LockSupport.unpark(next);
        }
    }

    /** Who is to be woken, now that nobody holds an entry; without anybody the entry goes. */
    private @Nullable Thread next(KeyEntry entry) {
        Thread waiting = entry.firstInLine();
        if (waiting == null) {
            remove(entry);
        }
        return waiting;
    }

    private KeyHold grant(KeyEntry entry) {
        entry.owner = Thread.currentThread();
        entry.depth = 1;
        entry.token = ++grants;
        return new KeyHold(this, entry);
    }

    long token(KeyHold hold) {
        long stamp = enter();
        try {
            return hold.isClosed() ? hold.closedWith() : hold.entry().token;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    boolean isOpen(KeyHold hold) {
        long stamp = enter();
        try {
            return !hold.isClosed();
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    /** What a grant of this key together with others must be above. */
    long lastToken() {
        long stamp = enter();
        try {
            return grants;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    /** Lets a grant have the token that it has together with others. */
    void raise(KeyHold hold, long token) {
        long stamp = enter();
        try {
            grants = Math.max(grants, token);
            hold.entry().token = token;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    Optional<Thread> holder(String key) {
        long stamp = enter();
        try {
            KeyEntry entry = find(key);
            return entry == null ? Optional.empty() : Optional.ofNullable(entry.owner);
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    int size() {
        long stamp = enter();
        try {
            int size = 0;
            for (KeyEntry entry = first; entry != null; entry = entry.next) {
                size++;
            }
            return size;
        } finally {
            mutex.unlockWrite(stamp);
        }
    }

    /** Locks the mutex without ever parking: whoever has it is about to let it go. */
    private long enter() {
        long stamp = mutex.tryWriteLock();
        for (int spins = 0; stamp == 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            stamp = mutex.tryWriteLock();
        }
        return stamp;
    }

    private @Nullable KeyEntry find(String key) {
        KeyEntry entry = first;
        while (entry != null && !entry.key.equals(key)) {
            entry = entry.next;
        }
        return entry;
    }

    private KeyEntry add(String key) {
        KeyEntry entry = spare == null ? new KeyEntry() : spare;
        spare = null;
        entry.key = key;
        entry.next = first;
        first = entry;
        return entry;
    }

    private void remove(KeyEntry entry) {
        if (first == entry) {
            first = entry.next;
        } else {
            KeyEntry before = Objects.requireNonNull(first);
            while (before.next != entry) {
                before = Objects.requireNonNull(before.next);
            }
            before.next = entry.next;
        }
        entry.next = null;
        entry.key = "";
        spare = entry;
    }
}
