package dev.autosync.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** The threads that were started since some moment. Those of the JDK itself do not count: nobody can end them. */
final class NewThreads {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Those that are still there when each has had the time to end. */
    List<String> left(long seconds) throws InterruptedException {
        // What only the collector closes, as the HTTP client of JDK 17, is given its chance.
        System.gc();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Thread thread : alive()) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return alive().stream().map(Thread::getName).toList();
    }

    private List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread) && !isOfTheJdk(thread))
                .sorted(Comparator.comparing(Thread::getName)).toList();
    }

    private static boolean isOfTheJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || group.getName().equals("system") || group.getName().equals("InnocuousThreadGroup")
                || thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool();
    }
}
