package dev.autosync.bench.locks;

import com.google.common.util.concurrent.Striped;
import dev.autosync.lock.Hold;
import dev.autosync.lock.KeyedLocks;
import dev.autosync.retry.Deadline;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Takes two keys together and gives them back; nobody else wants them. */
@State(Scope.Thread)
public class TwoKeys {
    private List<String> keys = List.of("workspace/module-b", "workspace/module-a");
    private int guarded;

    private final KeyedLocks autosync = new KeyedLocks();
    private final ReentrantLock first = new ReentrantLock();
    private final ReentrantLock second = new ReentrantLock();
    private final Striped<Lock> striped = Striped.lock(64);

    /** AutoSync. */
    @Benchmark
    public int autosync() throws InterruptedException {
        try (Hold hold = autosync.acquireAll(keys, Deadline.none())) {
            return guarded++;
        }
    }

    /** Two locks that are known beforehand, in an order that is known beforehand. */
    @Benchmark
    public int reentrantlock() {
        first.lock();
        try {
            second.lock();
            try {
                return guarded++;
            } finally {
                second.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    /** Guava, 64 stripes; the two keys have two of them. */
    @Benchmark
    public int striped() {
        Iterable<Lock> locks = striped.bulkGet(keys);
        for (Lock lock : locks) {
            lock.lock();
        }
        try {
            return guarded++;
        } finally {
            for (Lock lock : locks) {
                lock.unlock();
            }
        }
    }
}
