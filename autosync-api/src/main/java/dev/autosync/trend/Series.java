package dev.autosync.trend;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure over cycles.
 *
 * <p>Made by analyzers. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Series {
    private final String name;
    private final String unit;
    private final Kpi.@Nullable Direction better;
    private final List<Point> points;

    private Series(String name, String unit, Kpi.@Nullable Direction better, List<Point> points) {
        this.name = name;
        this.unit = unit;
        this.better = better;
        this.points = points;
    }

    /**
     * A series.
     *
     * @param name its name; {@code docs/trends.md} lists the names
     * @param unit its unit, for example {@code s}; empty for a count or a share
     * @param better which way is better; null if neither is
     * @param points one a cycle at most, in the order of the cycles; cycles without a value have none
     * @return the series
     */
    public static Series of(String name, String unit, Kpi.@Nullable Direction better, List<Point> points) {
        return new Series(Objects.requireNonNull(name, "name"), Objects.requireNonNull(unit, "unit"), better, List.copyOf(points));
    }

    /**
     * The name.
     *
     * @return for example {@code cycle-seconds} or {@code kpi:coverage}; names of KPIs and tests in it are untrusted text
     */
    public String name() {
        return name;
    }

    /**
     * The unit.
     *
     * @return empty for a count or a share
     */
    public String unit() {
        return unit;
    }

    /**
     * Which way is better.
     *
     * @return empty if neither is
     */
    public Optional<Kpi.Direction> better() {
        return Optional.ofNullable(better);
    }

    /**
     * The values.
     *
     * @return one a cycle at most, in the order of the cycles
     */
    public List<Point> points() {
        return points;
    }

    @Override
    public String toString() {
        return name + " (" + points.size() + " points)";
    }

    /** A value in a cycle. Threads: immutable. */
    public static final class Point {
        private final int position;
        private final String cycle;
        private final long sequence;
        private final Instant at;
        private final double value;

        private Point(int position, String cycle, long sequence, Instant at, double value) {
            this.position = position;
            this.cycle = cycle;
            this.sequence = sequence;
            this.at = at;
            this.value = value;
        }

        /**
         * A value.
         *
         * @param position the number of the cycle among those that were looked at, from 0; gaps are kept
         * @param cycle the cycle's name
         * @param sequence the sequence number of the event that it came from, 1 or more
         * @param at when that was
         * @param value a finite number
         * @return the point
         * @throws IllegalArgumentException if the value is not finite
         */
        public static Point of(int position, String cycle, long sequence, Instant at, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value must be finite, was " + value);
            }
            return new Point(position, Objects.requireNonNull(cycle, "cycle"), sequence, Objects.requireNonNull(at, "at"), value);
        }

        /**
         * The number of the cycle among those that were looked at.
         *
         * @return 0 or more
         */
        public int position() {
            return position;
        }

        /**
         * The cycle.
         *
         * @return its name
         */
        public String cycle() {
            return cycle;
        }

        /**
         * The event that it came from.
         *
         * @return a sequence number, 1 or more
         */
        public long sequence() {
            return sequence;
        }

        /**
         * When that was.
         *
         * @return the time
         */
        public Instant at() {
            return at;
        }

        /**
         * The value, in the unit of the series.
         *
         * @return a finite number
         */
        public double value() {
            return value;
        }

        @Override
        public String toString() {
            return cycle + " " + value;
        }
    }
}
