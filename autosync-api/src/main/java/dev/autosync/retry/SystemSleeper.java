package dev.autosync.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Parks. */
enum SystemSleeper implements Sleeper {
    INSTANCE;

    /** A park that nobody ends is short: on some virtual threads of JDK 21 and 25 a wake-up can be lost (JDK-8346175, JDK-8369227). */
    private static final long LONGEST_PARK = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void sleep(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for the next attempt");
            }
            // Thread.sleep rounds to milliseconds on JDK 17, TimeUnit.sleep too; parking does not.
            LockSupport.parkNanos(this, Math.min(left, LONGEST_PARK));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for the next attempt");
        }
    }
}
