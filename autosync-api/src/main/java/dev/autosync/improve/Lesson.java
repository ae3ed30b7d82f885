package dev.autosync.improve;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A suggestion and what became of it.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Lesson {

    /** How far it is. Grows: code that switches over it needs a {@code default}. */
    public enum State {
        /** The trouble is there, and nobody has done anything about it. */
        OPEN,
        /** Somebody has acted on it; see whether it helps. */
        ADOPTED,
        /** Somebody does not want it. */
        DISMISSED,
        /** The trouble has gone by itself. */
        GONE
    }

    private final Suggestion suggestion;
    private final State state;
    private final double points;
    private final String cycle;
    private final Instant since;
    private final @Nullable Feedback feedback;

    private Lesson(Suggestion suggestion, State state, double points, String cycle, Instant since, @Nullable Feedback feedback) {
        this.suggestion = suggestion;
        this.state = state;
        this.points = points;
        this.cycle = cycle;
        this.since = since;
        this.feedback = feedback;
    }

    /**
     * A lesson.
     *
     * @param suggestion the suggestion
     * @param state how far it is
     * @param points what it is worth, 0 to 100
     * @param cycle the cycle in which it came into this state
     * @param since when that was
     * @param feedback whether it has helped; null unless it was adopted and watches a series
     * @return the lesson
     */
    public static Lesson of(Suggestion suggestion, State state, double points, String cycle, Instant since, @Nullable Feedback feedback) {
        return new Lesson(Objects.requireNonNull(suggestion, "suggestion"), Objects.requireNonNull(state, "state"), points,
                Objects.requireNonNull(cycle, "cycle"), Objects.requireNonNull(since, "since"), feedback);
    }

    /**
     * The suggestion, with the evidence of this cycle if the trouble is there, else as it was when its state or score changed last.
     *
     * @return the suggestion
     */
    public Suggestion suggestion() {
        return suggestion;
    }

    /**
     * How far it is.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * What it is worth, by the weights of the configuration.
     *
     * @return 0 to 100, see {@link ImpactScore#points}
     */
    public double points() {
        return points;
    }

    /**
     * The cycle in which it came into this state.
     *
     * @return a cycle's name
     */
    public String cycle() {
        return cycle;
    }

    /**
     * When it came into this state.
     *
     * @return the time
     */
    public Instant since() {
        return since;
    }

    /**
     * Whether it has helped.
     *
     * @return empty unless it was adopted and watches a series
     */
    public Optional<Feedback> feedback() {
        return Optional.ofNullable(feedback);
    }

    @Override
    public String toString() {
        return suggestion + " (" + state + ", " + points + " points)";
    }
}
