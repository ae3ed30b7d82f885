package dev.autosync.lock;

import dev.autosync.concurrency.ModelChecking;
import dev.autosync.retry.Deadline;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Counters, each guarded by a key. That they are counted as if by one thread after the other is checked over interleavings. */
public class CountingModel {
    private final KeyedLocks locks = new KeyedLocks();
    private int one;
    private int other;

    @Operation
    public int countOne() {
        try (Hold hold = Taking.take(locks, "Aa")) {
            return ++one;
        }
    }

    @Operation
    public int countOther() {
        try (Hold hold = Taking.take(locks, "BB")) {
            return ++other;
        }
    }

    @Operation
    public int countBoth() {
        return countAll(List.of("Aa", "BB"));
    }

    @Operation
    public int countBothTheOtherWayRound() {
        return countAll(List.of("BB", "Aa"));
    }

    private int countAll(List<String> keys) {
        try (Hold hold = Taking.takeAll(locks, keys, Deadline.none())) {
            return ++one * 100 + ++other;
        }
    }

    @Operation
    public int countNested() {
        try (Hold outer = Taking.take(locks, "Aa")) {
            Taking.take(locks, "Aa").close();
            return ++one;
        }
    }

    @Test
    void isLinearizable() {
        ModelChecking.of(CountingModel.class);
    }
}
