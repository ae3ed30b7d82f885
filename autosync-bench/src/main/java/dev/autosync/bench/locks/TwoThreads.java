package dev.autosync.bench.locks;

import com.google.common.util.concurrent.Striped;
import dev.autosync.lock.Hold;
import dev.autosync.lock.KeyedLocks;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Two threads that take the same key, or the same lock, again and again. */
@State(Scope.Benchmark)
@Threads(2)
public class TwoThreads {
    private static final String KEY = "workspace/module-0";

    private int guarded;

    private final KeyedLocks autosync = new KeyedLocks();
    private final ReentrantLock reentrantlock = new ReentrantLock();
    private final StampedLock stampedlock = new StampedLock();
    private final Striped<Lock> striped = Striped.lock(64);

    /** AutoSync, one key. */
    @Benchmark
    public int autosync() throws InterruptedException {
        try (Hold hold = autosync.acquire(KEY)) {
            return guarded++;
        }
    }

    /** One lock. */
    @Benchmark
    public int reentrantlock() {
        reentrantlock.lock();
        try {
            return guarded++;
        } finally {
            reentrantlock.unlock();
        }
    }

    /** One lock, taken to write. */
    @Benchmark
    public int stampedlock() {
        long stamp = stampedlock.writeLock();
        try {
            return guarded++;
        } finally {
            stampedlock.unlockWrite(stamp);
        }
    }

    /** Guava, one key. */
    @Benchmark
    public int striped() {
        Lock lock = striped.get(KEY);
        lock.lock();
        try {
            return guarded++;
        } finally {
            lock.unlock();
        }
    }
}
