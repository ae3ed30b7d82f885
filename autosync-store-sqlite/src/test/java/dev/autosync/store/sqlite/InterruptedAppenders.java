package dev.autosync.store.sqlite;

import dev.autosync.spi.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own whose threads are interrupted, and make the store by their first appends all at once; says how many still are interrupted. */
final class InterruptedAppenders {
    static final int THREADS = 8;

    private InterruptedAppenders() {}

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try (Store store = StoreFixture.open(Path.of(args[0]))) {
            Callable<Boolean> appender = () -> {
                together.await();
                Thread.currentThread().interrupt();
                store.append(StoreFixture.TOKEN, StoreFixture.events(0, 1));
                return Thread.interrupted();
            };
            List<Future<Boolean>> appenders = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                appenders.add(pool.submit(appender));
            }
            int interrupted = 0;
            for (Future<Boolean> one : appenders) {
                interrupted += one.get() ? 1 : 0;
            }
            System.out.println(interrupted);
        } finally {
            pool.shutdownNow();
        }
    }
}
