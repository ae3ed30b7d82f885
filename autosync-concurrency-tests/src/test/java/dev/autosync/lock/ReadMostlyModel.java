package dev.autosync.lock;

import dev.autosync.concurrency.ModelChecking;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Two numbers that belong together, read and written under a read-mostly lock, over interleavings. */
public class ReadMostlyModel {
    private final ReadMostlyLock lock = new ReadMostlyLock();
    private int left;
    private int right;

    @Operation
    public int write() {
        return lock.write(() -> {
            left++;
            right++;
            return left * 100 + right;
        });
    }

    @Operation
    public int writeNested() {
        return lock.write(() -> {
            left++;
            int seen = lock.read(() -> left);
            lock.write(() -> ++right);
            return seen * 100 + right;
        });
    }

    @Operation
    public int read() {
        return lock.read(() -> left * 100 + right);
    }

    @Test
    void isLinearizable() {
        ModelChecking.of(ReadMostlyModel.class);
    }
}
