package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.retry.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many virtual threads and few keys. */
class VirtualThreadsTest {
    private static final int THREADS = 1000;
    private static final int ROUNDS = 20;
    private static final List<String> KEYS = List.of("a", "b", "Aa", "BB");

    private final KeyedLocks locks = new KeyedLocks();

    /** How many threads think they hold a key: never more than one, if keys exclude. */
    private final Map<String, AtomicInteger> holders = Map.of(
            "a", new AtomicInteger(), "b", new AtomicInteger(), "Aa", new AtomicInteger(), "BB", new AtomicInteger());
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    @Test
    void excludeEachOtherAndAllEndAndLeaveNothing() throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            List<Future<?>> calls = new ArrayList<>();
            Hold first = locks.acquire("a");
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                calls.add(threads.submit(() -> work(number)));
            }
            // Every one of these has its first wait still before it, or is in it: each wants the key that is held here.
            for (int i = 0; i < THREADS; i += 10) {
                calls.get(i).cancel(true);
            }
            first.close();
        } finally {
            threads.shutdown();
        }

        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).as("all have ended").isTrue();
        assertThat(together).hasValue(0);
        assertThat(locks.size()).isZero();
        assertThat(held).hasPositiveValue();
        assertThat(busy).hasPositiveValue();
        assertThat(interrupted).hasPositiveValue();
    }

    private void work(int number) {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                one(number, round);
            } catch (LockException e) {
                busy.incrementAndGet();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        }
    }

    private void one(int number, int round) throws InterruptedException {
        String key = round == 0 ? "a" : KEYS.get((number + round) % KEYS.size());
        String other = KEYS.get((number * 3 + round + 1) % KEYS.size());
        switch (round == 0 ? 0 : (number + round) % 5) {
            case 0, 1 -> hold(locks.acquire(key), List.of(key));
            case 2 -> hold(locks.acquire(key, Deadline.in(number, TimeUnit.MICROSECONDS)), List.of(key));
            case 3 -> hold(locks.acquireAll(List.of(key, other), Deadline.none()), key.equals(other) ? List.of(key) : List.of(key, other));
            default -> hold(locks.acquireAll(KEYS, Deadline.in(number, TimeUnit.MICROSECONDS)), KEYS);
        }
    }

    private void hold(Hold hold, List<String> keys) {
        for (String key : keys) {
            together.addAndGet(holders.get(key).incrementAndGet() - 1);
        }
        // Another thread has the carrier while this one holds.
        Thread.yield();
        for (String key : keys) {
            holders.get(key).decrementAndGet();
        }
        hold.close();
        held.incrementAndGet();
    }

    /** By reflection: the module is compiled for 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 25, "virtual threads are tested on JDK 25, this is " + Runtime.version());
        return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
