package dev.autosync.lock;

import dev.autosync.retry.Deadline;
import java.util.List;

/** Takes keys on threads that nobody interrupts: an actor of jcstress may throw nothing checked. */
final class Taking {
    private Taking() {}

    static Hold take(KeyedLocks locks, String key) {
        return take(locks, key, Deadline.none());
    }

    static Hold take(KeyedLocks locks, String key, Deadline deadline) {
        try {
            return locks.acquire(key, deadline);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Hold takeAll(KeyedLocks locks, List<String> keys, Deadline deadline) {
        try {
            return locks.acquireAll(keys, deadline);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
