package dev.autosync.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A moment after which an answer is of no use any more, by a clock that nobody sets.
 *
 * <p>Called by embedding code and by plugins. Threads: immutable. A step of the wall clock does not move it; it means nothing in another
 * process.
 *
 * @since 0.1.0
 */
public final class Deadline {
    /** Beyond this a difference of two readings of the clock could wrap around. More than 146 years. */
    static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private static final Deadline NONE = new Deadline(System::nanoTime, 0, true);

    private final LongSupplier nanoTime;
    private final long end;
    private final boolean none;

    private Deadline(LongSupplier nanoTime, long end, boolean none) {
        this.nanoTime = nanoTime;
        this.end = end;
        this.none = none;
    }

    /**
     * A deadline some time from now.
     *
     * @param time from now on, 0 or more; more than 146 years is none
     * @return the deadline
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    /**
     * A deadline some time from now.
     *
     * @param amount from now on, 0 or more
     * @param unit of {@code amount}
     * @return the deadline
     * @throws IllegalArgumentException if {@code amount} is negative
     */
    public static Deadline in(long amount, TimeUnit unit) {
        return in(unit.toNanos(notNegative(amount, "amount")), System::nanoTime);
    }

    /**
     * A deadline by another clock.
     *
     * @param time from now on, 0 or more
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @return the deadline
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public static Deadline in(Duration time, LongSupplier nanoTime) {
        Objects.requireNonNull(time, "time");
        notNegative(time.isNegative() ? -1 : 0, "time");
        return in(saturatedNanos(time), nanoTime);
    }

    /**
     * No deadline at all.
     *
     * @return a deadline that never comes
     */
    public static Deadline none() {
        return NONE;
    }

    static Deadline in(long nanos, LongSupplier nanoTime) {
        return nanos >= FOREVER_NANOS ? NONE : at(nanoTime.getAsLong() + nanos, nanoTime);
    }

    static Deadline at(long end, LongSupplier nanoTime) {
        return new Deadline(Objects.requireNonNull(nanoTime, "nanoTime"), end, false);
    }

    /**
     * Whether it will never come.
     *
     * @return true for {@link #none()}
     */
    public boolean isNone() {
        return none;
    }

    /**
     * Whether it has come.
     *
     * @return true from then on
     */
    public boolean expired() {
        return remainingNanos() <= 0;
    }

    /**
     * The time left.
     *
     * @return 0 when it has come; more than 146 years if there is none
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /**
     * The time left, in nanoseconds.
     *
     * @return negative when it has come; {@link Long#MAX_VALUE} if there is none
     */
    public long remainingNanos() {
        // A difference, never a comparison of two readings: the clock may wrap around in between.
        return none ? Long.MAX_VALUE : end - nanoTime.getAsLong();
    }

    /**
     * The one of two that comes first.
     *
     * @param other another
     * @return this or the other
     */
    public Deadline earlier(Deadline other) {
        return other.remainingNanos() < remainingNanos() ? other : this;
    }

    /** The length of a time, at most {@link Long#MAX_VALUE}. */
    static long saturatedNanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative");
        }
        return value;
    }

    @Override
    public String toString() {
        return none ? "no deadline" : expired() ? "deadline passed" : "deadline in " + remaining();
    }
}
