package dev.autosync.trend;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A figure that somebody watches, with its target.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Kpi {

    /** Which way is better. */
    public enum Direction {
        /** A higher value is better. */
        UP,
        /** A lower value is better. */
        DOWN
    }

    private final String name;
    private final double value;
    private final double target;
    private final Direction direction;
    private final double weight;
    private final String unit;

    private Kpi(String name, double value, double target, Direction direction, double weight, String unit) {
        this.name = name;
        this.value = value;
        this.target = target;
        this.direction = direction;
        this.weight = weight;
        this.unit = unit;
    }

    /**
     * A figure without target: higher is better, weight 1, no unit.
     *
     * @param name its name, not blank
     * @param value its value, finite
     * @return the figure
     * @throws IllegalArgumentException if the name is blank or the value not finite
     */
    public static Kpi of(String name, double value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return new Kpi(name, finite("value", value), Double.NaN, Direction.UP, 1, "");
    }

    /**
     * The same figure with a target.
     *
     * @param target the value to reach, finite
     * @param direction which way is better
     * @return a new figure
     * @throws IllegalArgumentException if the target is not finite
     */
    public Kpi target(double target, Direction direction) {
        return new Kpi(name, value, finite("target", target), Objects.requireNonNull(direction, "direction"), weight, unit);
    }

    /**
     * The same figure with a weight.
     *
     * @param weight how much it counts beside others, 0 or more
     * @return a new figure
     * @throws IllegalArgumentException if the weight is negative or not finite
     */
    public Kpi weight(double weight) {
        if (finite("weight", weight) < 0) {
            throw new IllegalArgumentException("weight must be 0 or more, was " + weight);
        }
        return new Kpi(name, value, target, direction, weight, unit);
    }

    /**
     * The same figure with a unit.
     *
     * @param unit for example {@code %} or {@code ms}; empty for none
     * @return a new figure
     */
    public Kpi unit(String unit) {
        return new Kpi(name, value, target, direction, weight, Objects.requireNonNull(unit, "unit"));
    }

    /**
     * The name.
     *
     * @return not blank
     */
    public String name() {
        return name;
    }

    /**
     * The value, in {@link #unit()}.
     *
     * @return a finite number
     */
    public double value() {
        return value;
    }

    /**
     * The target, in {@link #unit()}.
     *
     * @return a finite number; empty if there is none
     */
    public OptionalDouble target() {
        return Double.isNaN(target) ? OptionalDouble.empty() : OptionalDouble.of(target);
    }

    /**
     * Which way is better.
     *
     * @return the direction
     */
    public Direction direction() {
        return direction;
    }

    /**
     * How much it counts beside others.
     *
     * @return 0 or more, 1 unless said otherwise
     */
    public double weight() {
        return weight;
    }

    /**
     * The unit.
     *
     * @return empty for none
     */
    public String unit() {
        return unit;
    }

    /**
     * Whether the value has reached the target.
     *
     * @return true also when there is no target
     */
    public boolean met() {
        return Double.isNaN(target) || (direction == Direction.UP ? value >= target : value <= target);
    }

    @Override
    public String toString() {
        return name + " = " + value + unit;
    }

    private static double finite(String what, double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(what + " must be finite, was " + number);
        }
        return number;
    }
}
