package dev.autosync.core.snapshot;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** The threads of one scan. When it is closed they are gone. */
final class ScanPool implements AutoCloseable {
    /** Calls to the file system are what a scan waits for; many threads get in each other's way there. */
    private static final int MAX_THREADS = 4;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final ForkJoinPool pool = new ForkJoinPool(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()), this::thread,
            null, false);

    /** Runs a task and those that it forks. */
    <T extends @Nullable Object> T run(ForkJoinTask<T> task) throws ExecutionException, InterruptedException {
        return pool.submit(task).get();
    }

    private ForkJoinWorkerThread thread(ForkJoinPool of) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(of);
        thread.setName("autosync-scan-" + (threads.size() + 1));
        threads.add(thread);
        return thread;
    }

    /** Gives up what is not done, and waits until each thread has finished the call that it is in. */
    @Override
    public void close() {
        pool.shutdownNow();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
