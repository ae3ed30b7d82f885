package dev.autosync.core.testing;

import dev.autosync.testing.TestRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Runs suites on threads that have all ended when it returns or throws, at most so many at a time. For one run.
 *
 * @param most how many run at a time
 */
record SideBySide(int most) {

    /** Runs one of the suites. */
    interface Body {
        TestRun run(String suite) throws InterruptedException;
    }

    /**
     * Runs them all, until one is the last.
     *
     * @param isLast whether the others are to be ended because of a run
     * @return what has ended by itself
     * @throws InterruptedException if this thread was interrupted; then all are
     */
    Map<String, TestRun> run(Collection<String> suites, Body body, Predicate<TestRun> isLast) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(most, work -> {
            Thread thread = new Thread(work, "autosync-suite");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        ExecutorCompletionService<Map.Entry<String, TestRun>> ended = new ExecutorCompletionService<>(pool);
        Map<String, TestRun> runs = new LinkedHashMap<>();
        try {
            suites.forEach(suite -> ended.submit(() -> Map.entry(suite, body.run(suite))));
            for (int i = 0; i < suites.size(); i++) {
                Map.Entry<String, TestRun> run = ended.take().get();
                runs.put(run.getKey(), run.getValue());
                if (isLast.test(run.getValue())) {
                    break;
                }
            }
            return runs;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        } finally {
            pool.shutdownNow();
            join(threads);
        }
    }

    private static InterruptedException rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof InterruptedException interrupted ? interrupted : new InterruptedException("a suite ended with " + thrown);
    }

    /** Waits as long as it takes: who is interrupted must know that nothing runs any more. */
    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (int i = 0; i < threads.size();) {
            try {
                threads.get(i).join();
                i++;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
