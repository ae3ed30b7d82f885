package dev.autosync.core.gate;

import dev.autosync.testing.TestRun;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A run of the tests in a copy, on a thread of its own that ends with it. */
final class CandidateRun {
    private final CandidateTree copy;
    private final FutureTask<TestRun> work;
    private final Thread thread;

    /** Begins the run. */
    CandidateRun(CandidateTree copy, Callable<TestRun> test) {
        this.copy = copy;
        this.work = new FutureTask<>(test);
        this.thread = new Thread(work, "autosync-candidate-" + copy.root().getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    CandidateTree copy() {
        return copy;
    }

    boolean ended() {
        return !thread.isAlive();
    }

    /** Waits for the tests; throws what they threw. */
    TestRun await() throws InterruptedException {
        try {
            TestRun run = work.get();
            thread.join();
            return run;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
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
