package dev.autosync.bench.locks;

import com.google.common.util.concurrent.Striped;
import dev.autosync.lock.Hold;
import dev.autosync.lock.KeyedLocks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Takes one of eight keys in turn and gives it back; nobody else wants it. */
@State(Scope.Thread)
public class KeyedAcquire {
    private static final int KEYS = 8;

    private final String[] keys = keys();
    private int next;
    private int guarded;

    private final KeyedLocks autosync = new KeyedLocks();
    private final Map<String, ReentrantLock> reentrantlock = new ConcurrentHashMap<>();
    private final Striped<Lock> striped = Striped.lock(64);

    private static String[] keys() {
        String[] keys = new String[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "workspace/module-" + i;
        }
        return keys;
    }

    private String key() {
        return keys[next++ & KEYS - 1];
    }

    /** AutoSync. */
    @Benchmark
    public int autosync() throws InterruptedException {
        try (Hold hold = autosync.acquire(key())) {
            return guarded++;
        }
    }

    /** A map of locks, out of which none is ever taken. */
    @Benchmark
    public int reentrantlock() {
        String key = key();
        ReentrantLock lock = reentrantlock.get(key);
        if (lock == null) {
            lock = reentrantlock.computeIfAbsent(key, k -> new ReentrantLock());
        }
        lock.lock();
        try {
            return guarded++;
        } finally {
            lock.unlock();
        }
    }

    /** Guava, 64 stripes. */
    @Benchmark
    public int striped() {
        Lock lock = striped.get(key());
        lock.lock();
        try {
            return guarded++;
        } finally {
            lock.unlock();
        }
    }
}
