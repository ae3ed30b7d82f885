package dev.autosync.retry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all callers of one other side may spend on retries together, so that a side that is down is not asked many times as often.
 *
 * <p>A retry takes one from the reserve, or is not made. A call that succeeds gives a part of one back, never beyond the reserve. Of
 * {@code calls} calls of a side that is down the whole costs {@code 1 + reserve / calls} times as many.
 *
 * <p>Compare: gRPC proposal A6, "Retry Throttling"; Beyer et al., "Site Reliability Engineering", chapter "Handling Overload".
 *
 * <p>Called by embedding code and by plugins; one object for each other side, shared by all {@link RetryPolicy policies} for it. Threads: safe
 * to share. Cost: one compare-and-set a retry, and one a success unless the reserve is full.
 *
 * @since 0.1.0
 */
public final class RetryBudget {
    private static final double DEFAULT_RATIO = 0.1;

    /** The reserve is counted in these, so that a part of a retry can be given back. */
    private static final long PARTS = 1_000_000;

    private final long reserve;
    private final long perSuccess;
    private final AtomicLong left;

    private RetryBudget(long reserve, long perSuccess) {
        this.reserve = reserve;
        this.perSuccess = perSuccess;
        this.left = new AtomicLong(reserve);
    }

    /**
     * A budget to which ten successes give back one retry.
     *
     * @param reserve the retries that may be made without any success in between, 1 or more
     * @return a full budget
     * @throws IllegalArgumentException if {@code reserve} is below 1
     */
    public static RetryBudget of(int reserve) {
        return of(reserve, DEFAULT_RATIO);
    }

    /**
     * A budget.
     *
     * @param reserve the retries that may be made without any success in between, 1 or more
     * @param ratio how much of a retry a success gives back, from 0 to 1
     * @return a full budget
     * @throws IllegalArgumentException if a value is out of its range
     */
    public static RetryBudget of(int reserve, double ratio) {
        if (reserve < 1) {
            throw new IllegalArgumentException("reserve must be 1 or more, was " + reserve);
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio must be from 0 to 1, was " + ratio);
        }
        return new RetryBudget(reserve * PARTS, Math.round(ratio * PARTS));
    }

    /**
     * How many retries may be made now.
     *
     * @return 0 or more
     */
    public int available() {
        return (int) (left.get() / PARTS);
    }

    /** Takes a retry; false if there is none left. */
    boolean take() {
        for (long seen = left.get(); seen >= PARTS; seen = left.get()) {
            if (left.compareAndSet(seen, seen - PARTS)) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what a success is worth. */
    void succeeded() {
        for (long seen = left.get(); seen < reserve; seen = left.get()) {
            if (left.compareAndSet(seen, Math.min(reserve, seen + perSuccess))) {
                return;
            }
        }
    }

    @Override
    public String toString() {
        return available() + " of " + reserve / PARTS + " retries left";
    }
}
