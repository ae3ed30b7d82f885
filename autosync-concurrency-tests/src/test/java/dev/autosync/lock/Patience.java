package dev.autosync.lock;

import dev.autosync.retry.Deadline;
import java.util.concurrent.TimeUnit;

/**
 * How long a check waits for what should take a moment.
 *
 * <p>Far longer than the machine may stall, for a wait that is too long is a failure. After the first one it waits no more: the check has
 * failed, and would otherwise take as long for each of a million samples.
 */
final class Patience {
    private static final long SECONDS = 8;
    private static volatile boolean lost;

    private Patience() {}

    static Deadline deadline() {
        return lost ? expired() : Deadline.in(SECONDS, TimeUnit.SECONDS);
    }

    static Deadline expired() {
        return Deadline.in(0, TimeUnit.SECONDS);
    }

    /** Whether half of the patience is used up. A thread that was never woken is. */
    static boolean isTried(Deadline deadline) {
        boolean tried = deadline.remainingNanos() < TimeUnit.SECONDS.toNanos(SECONDS) / 2;
        lost |= tried;
        return tried;
    }
}
