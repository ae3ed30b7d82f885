package dev.autosync.core.gate;

import dev.autosync.testing.TestRun;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A run of the tests in a copy, on a thread of its own that ends with it. */
final class CandidateRun {
    private final CandidateTree copy;
    private final FutureTask<TestRun> work;
    private final Thread thread;

    /**
     * Begins the run.
     *
     * @param ended is called when it has ended
     */
    CandidateRun(CandidateTree copy, Callable<TestRun> test, Runnable ended) {
        this.copy = copy;
        this.work = new FutureTask<>(test) {
            @Override
            protected void done() {
                ended.run();
            }
        };
        this.thread = new Thread(work, "autosync-candidate-" + copy.root().getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    CandidateTree copy() {
        return copy;
    }

    /** Waits for the tests; throws what they threw. */
    TestRun await() throws InterruptedException {
        try {
            TestRun run = work.get();
            thread.join();
            return run;
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    /** Makes a run on the thread of the caller; throws what it throws. */
    static TestRun call(Callable<TestRun> test) throws InterruptedException {
        try {
            return test.call();
        } catch (Exception e) {
            throw thrown(e);
        }
    }

    private static RuntimeException thrown(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** Asks the run to end. */
    void interrupt() {
        thread.interrupt();
    }

    /** Ends the run and waits until it has ended, whatever interrupts the caller meanwhile. */
    void end() {
        boolean interrupted = false;
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
