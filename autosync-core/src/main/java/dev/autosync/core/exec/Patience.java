package dev.autosync.core.exec;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Bounded waits of a clean-up, which an interrupt must not cut short. The interrupt is kept and can be asked for afterwards.
 *
 * <p>Threads: for the thread that cleans up.
 */
final class Patience {
    private boolean interrupted;

    boolean wasInterrupted() {
        interrupted |= Thread.interrupted();
        return interrupted;
    }

    void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
    }

    /** Waits for a thread's end until {@code System.nanoTime()} has reached {@code end}. */
    boolean join(Thread thread, long end) {
        long left;
        while (thread.isAlive() && (left = end - System.nanoTime()) > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return !thread.isAlive();
    }
}
