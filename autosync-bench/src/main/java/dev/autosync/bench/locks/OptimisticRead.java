package dev.autosync.bench.locks;

import dev.autosync.lock.ReadMostlyLock;
import java.util.concurrent.locks.StampedLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads two fields that belong together; nobody writes. */
@State(Scope.Thread)
public class OptimisticRead {
    private int x = 1;
    private int y = 2;

    private final ReadMostlyLock autosync = new ReadMostlyLock();
    private final StampedLock stampedlock = new StampedLock();

    /** AutoSync. */
    @Benchmark
    public int autosync() {
        return autosync.read(() -> x + y);
    }

    /** The idiom of its documentation, by hand. */
    @Benchmark
    public int stampedlock() {
        long stamp = stampedlock.tryOptimisticRead();
        int sum = x + y;
        if (!stampedlock.validate(stamp)) {
            stamp = stampedlock.readLock();
            try {
                sum = x + y;
            } finally {
                stampedlock.unlockRead(stamp);
            }
        }
        return sum;
    }
}
