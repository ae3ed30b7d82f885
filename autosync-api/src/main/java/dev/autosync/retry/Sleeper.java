package dev.autosync.retry;

/**
 * Lets time pass. Implemented by tests that do not want to wait.
 *
 * <p>Threads: must be safe to share.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits.
     *
     * @param nanos for how long, in nanoseconds, 1 or more; never shorter
     * @throws InterruptedException at once if the thread is interrupted, whose flag is then lowered
     */
    void sleep(long nanos) throws InterruptedException;

    /**
     * Waits, also on a thread that is or becomes interrupted, which then stays so.
     *
     * @param nanos for how long, in nanoseconds, 1 or more; never shorter
     */
    default void sleepUninterruptibly(long nanos) {
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        try {
            for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
                try {
                    sleep(left);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The real one: parks the thread, exact below a millisecond too.
     *
     * @return a sleeper that may be shared
     */
    static Sleeper system() {
        return SystemSleeper.INSTANCE;
    }
}
