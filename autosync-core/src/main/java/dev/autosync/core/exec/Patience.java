package dev.autosync.core.exec;

import dev.autosync.retry.Sleeper;
import java.util.concurrent.TimeUnit;

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
        Sleeper.system().sleepUninterruptibly(TimeUnit.MILLISECONDS.toNanos(millis));
        interrupted |= Thread.interrupted();
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
