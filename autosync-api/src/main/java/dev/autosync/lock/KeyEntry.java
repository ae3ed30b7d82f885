package dev.autosync.lock;

import org.jspecify.annotations.Nullable;

/** A key that is held or waited for, and who does. Guarded by the mutex of its {@link KeyStripe}. */
final class KeyEntry {
    String key = "";
    @Nullable KeyEntry next;
    @Nullable Thread owner;

    /** How often the owner has taken it. */
    int depth;
    long token;
    private @Nullable Waiter firstWaiter;

    /** A thread that waits. */
    static final class Waiter {
        final Thread thread = Thread.currentThread();
        private @Nullable Waiter next;
    }

    /** Puts a waiter behind the others. */
    void enqueue(Waiter waiter) {
        Waiter last = firstWaiter;
        if (last == null) {
            firstWaiter = waiter;
            return;
        }
        while (last.next != null) {
            last = last.next;
        }
        last.next = waiter;
    }

    void dequeue(Waiter waiter) {
        if (firstWaiter == waiter) {
            firstWaiter = waiter.next;
            return;
        }
        for (Waiter at = firstWaiter; at != null; at = at.next) {
            if (at.next == waiter) {
                at.next = waiter.next;
                return;
            }
        }
    }

    /** Who is to be woken when the key is free. */
    @Nullable Thread firstInLine() {
        return firstWaiter == null ? null : firstWaiter.thread;
    }
}
