package dev.autosync;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One step of long work, for a person to read.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Progress {
    private final CyclePhase phase;
    private final String message;
    private final long done;
    private final long total;

    private Progress(CyclePhase phase, String message, long done, long total) {
        this.phase = Objects.requireNonNull(phase, "phase");
        this.message = Objects.requireNonNull(message, "message");
        this.done = done;
        this.total = total;
    }

    /**
     * A step of work whose length is not known.
     *
     * @param phase the phase it belongs to
     * @param message what is being done, one line
     * @return the step
     */
    public static Progress of(CyclePhase phase, String message) {
        return new Progress(phase, message, 0, -1);
    }

    /**
     * A step of work whose length is known.
     *
     * @param phase the phase it belongs to
     * @param message what is being done, one line
     * @param done how many items are done, 0 or more
     * @param total how many items there are, at least {@code done}
     * @return the step
     * @throws IllegalArgumentException if the numbers are out of range
     */
    public static Progress of(CyclePhase phase, String message, long done, long total) {
        if (done < 0 || total < done) {
            throw new IllegalArgumentException("done " + done + " of total " + total + " is out of range");
        }
        return new Progress(phase, message, done, total);
    }

    /**
     * The phase it belongs to.
     *
     * @return the phase
     */
    public CyclePhase phase() {
        return phase;
    }

    /**
     * What is being done.
     *
     * @return one line
     */
    public String message() {
        return message;
    }

    /**
     * How many items are done.
     *
     * @return 0 or more
     */
    public long done() {
        return done;
    }

    /**
     * How many items there are, where known.
     *
     * @return at least {@link #done()}
     */
    public OptionalLong total() {
        return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    }

    @Override
    public String toString() {
        return phase + ": " + message + (total < 0 ? "" : " (" + done + "/" + total + ")");
    }
}
