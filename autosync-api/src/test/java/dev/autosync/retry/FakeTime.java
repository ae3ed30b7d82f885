package dev.autosync.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Time that passes only when somebody sleeps. */
final class FakeTime implements LongSupplier, Sleeper {
    private final List<Long> sleeps = new ArrayList<>();
    private long now;

    FakeTime(long start) {
        this.now = start;
    }

    FakeTime() {
        this(0);
    }

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public void sleep(long nanos) {
        sleeps.add(nanos);
        now += nanos;
    }

    void pass(long nanos) {
        now += nanos;
    }

    List<Long> sleeps() {
        return sleeps;
    }
}
