package dev.autosync.core.testing;

import dev.autosync.testing.CheckTests.Check;
import dev.autosync.testing.TestContext;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A check on a thread of its own, which is interrupted when its time is up.
 *
 * <p>Threads: for the thread that waits for it, one time.
 */
final class CheckThread {
    private static final long GRACE_MILLIS = 1_000;

    private final FutureTask<Boolean> task;
    private final Thread thread;
    private boolean late;

    CheckThread(Check check, TestContext context) {
        task = new FutureTask<>(() -> {
            check.run(context);
            return true;
        });
        thread = new Thread(task, "autosync-check");
        thread.setDaemon(true);
    }

    /**
     * Runs the check to its end, or until its time is up.
     *
     * @throws ExecutionException what the check threw
     * @throws InterruptedException if the caller was interrupted; the check was, too
     */
    void run(Duration timeout) throws ExecutionException, InterruptedException {
        thread.start();
        try {
            task.get(nanos(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            late = true;
            end();
        } catch (InterruptedException e) {
            end();
            throw e;
        }
    }

    private void end() throws InterruptedException {
        thread.interrupt();
        thread.join(GRACE_MILLIS);
    }

    /** Whether the time was up. */
    boolean late() {
        return late;
    }

    /** Whether it goes on although it was interrupted. */
    boolean abandoned() {
        return late && thread.isAlive();
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
