package dev.autosync.spi;

import java.time.Instant;
import java.util.Objects;

/**
 * What the events of one hour or day come to: how many there are and, for one of their numbers, sum, least, greatest and sum of squares.
 *
 * <p>Threads: immutable. Sums are of {@code double}s in no order that is promised: exact for whole numbers as long as they stay below
 * 2<sup>53</sup>, else to about 1e-15 of the sum of the absolute values for each addend; beyond {@link Double#MAX_VALUE} they are infinite or,
 * where infinities of both signs met, NaN. A negative zero counts as zero.
 *
 * @since 0.1.0
 */
public final class Rollup {
    private final Instant start;
    private final long count;
    private final double sum;
    private final double min;
    private final double max;
    private final double sumOfSquares;

    private Rollup(Instant start, long count, double sum, double min, double max, double sumOfSquares) {
        this.start = start;
        this.count = count;
        // Adding 0 makes 0 of -0, which SQLite for one does not keep.
        this.sum = sum + 0.0;
        this.min = min + 0.0;
        this.max = max + 0.0;
        this.sumOfSquares = sumOfSquares;
    }

    /**
     * A rollup as a store has kept it.
     *
     * @param start where the hour or day begins
     * @param count how many events, 1 or more
     * @param sum of the number
     * @param min its least value
     * @param max its greatest value
     * @param sumOfSquares the sum of its squares
     * @return the rollup
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static Rollup of(Instant start, long count, double sum, double min, double max, double sumOfSquares) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be 1 or more, was " + count);
        }
        return new Rollup(Objects.requireNonNull(start, "start"), count, sum, min, max, sumOfSquares);
    }

    /**
     * The rollup of one event.
     *
     * @param start where the hour or day begins
     * @param number its number; 0 where only events are counted
     * @return a rollup with count 1
     */
    public static Rollup of(Instant start, double number) {
        return of(start, 1, number, number, number, number * number);
    }

    /**
     * This and another one of the same time together.
     *
     * @param other of the same hour or day, or of one within this day
     * @return a new rollup that begins where this one begins
     */
    public Rollup plus(Rollup other) {
        return new Rollup(start, Math.addExact(count, other.count), sum + other.sum, Math.min(min, other.min), Math.max(max, other.max),
                sumOfSquares + other.sumOfSquares);
    }

    /**
     * The same figures under another beginning, for example an hour as a part of its day.
     *
     * @param start where the hour or day begins
     * @return a new rollup
     */
    public Rollup at(Instant start) {
        return new Rollup(Objects.requireNonNull(start, "start"), count, sum, min, max, sumOfSquares);
    }

    /**
     * Where the hour or day begins.
     *
     * @return a whole hour or a midnight of UTC
     */
    public Instant start() {
        return start;
    }

    /**
     * How many events there are that have the number; all events if the query names none.
     *
     * @return 1 or more
     */
    public long count() {
        return count;
    }

    /**
     * The sum of the number.
     *
     * @return in its unit; 0 if the query names no number
     */
    public double sum() {
        return sum;
    }

    /**
     * The least value of the number.
     *
     * @return in its unit; 0 if the query names no number
     */
    public double min() {
        return min;
    }

    /**
     * The greatest value of the number.
     *
     * @return in its unit; 0 if the query names no number
     */
    public double max() {
        return max;
    }

    /**
     * The sum of the squares of the number.
     *
     * @return in its unit squared; 0 if the query names no number
     */
    public double sumOfSquares() {
        return sumOfSquares;
    }

    /**
     * The arithmetic mean of the number.
     *
     * @return in its unit
     */
    public double mean() {
        return sum / count;
    }

    /**
     * The standard deviation of the number in these events (the population's: divided by their count), as the root of the mean square less the
     * squared mean. Of numbers that differ by much less than they measure, only few digits are left.
     *
     * @return in its unit, 0 or more
     */
    public double standardDeviation() {
        double mean = mean();
        return Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rollup r && r.start.equals(start) && r.count == count && Double.compare(r.sum, sum) == 0
                && Double.compare(r.min, min) == 0 && Double.compare(r.max, max) == 0
                && Double.compare(r.sumOfSquares, sumOfSquares) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(start, count, sum, min, max, sumOfSquares);
    }

    @Override
    public String toString() {
        return start + " count " + count + ", sum " + sum + ", min " + min + ", max " + max + ", sum of squares " + sumOfSquares;
    }
}
