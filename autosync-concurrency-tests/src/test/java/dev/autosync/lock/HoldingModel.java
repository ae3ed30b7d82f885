package dev.autosync.lock;

import dev.autosync.concurrency.ModelChecking;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Taking a key, closing it and counting the keys as operations of their own, against a lock written down in the simplest way. */
@Param(name = "thread", gen = ThreadIdGen.class)
public class HoldingModel {
    private final KeyedLocks locks = new KeyedLocks();
    private final Map<Integer, Deque<Hold>> holds = Map.of(1, new ArrayDeque<>(), 2, new ArrayDeque<>());

    @Operation
    public boolean tryAcquire(@Param(name = "thread") int thread) {
        Hold hold = locks.tryAcquire("Aa").orElse(null);
        if (hold != null) {
            holds.get(thread).push(hold);
        }
        return hold != null;
    }

    @Operation
    public boolean close(@Param(name = "thread") int thread) {
        Hold hold = holds.get(thread).poll();
        if (hold != null) {
            hold.close();
        }
        return hold != null;
    }

    @Operation
    public int size() {
        return locks.size();
    }

    @Test
    void isLinearizable() {
        ModelChecking.of(HoldingModel.class, Simplest.class);
    }

    /** What it does, one operation after the other. */
    public static class Simplest {
        private final Map<Integer, Integer> depths = new HashMap<>();

        public boolean tryAcquire(int thread) {
            boolean free = depths.isEmpty() || depths.containsKey(thread);
            if (free) {
                depths.merge(thread, 1, Integer::sum);
            }
            return free;
        }

        public boolean close(int thread) {
            boolean had = depths.containsKey(thread);
            depths.computeIfPresent(thread, (at, depth) -> depth == 1 ? null : depth - 1);
            return had;
        }

        public int size() {
            return depths.size();
        }
    }
}
