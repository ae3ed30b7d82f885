package dev.autosync.trend;

import java.util.List;
import java.util.Objects;

/**
 * Something that somebody should look at before anything is published.
 *
 * <p>Made by analyzers. It is open as long as every cycle finds it again. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Alert {
    private final String id;
    private final String message;
    private final List<Long> evidence;

    private Alert(String id, String message, List<Long> evidence) {
        this.id = id;
        this.message = message;
        this.evidence = evidence;
    }

    /**
     * An alert.
     *
     * @param id the same as long as the cause is the same, for example {@code below:kpi:coverage}
     * @param message what was seen, with its numbers; one line
     * @param evidence the sequence numbers of the events that show it
     * @return the alert
     */
    public static Alert of(String id, String message, List<Long> evidence) {
        return new Alert(Objects.requireNonNull(id, "id"), Objects.requireNonNull(message, "message"), List.copyOf(evidence));
    }

    /**
     * What makes it known again.
     *
     * @return the same as long as the cause is the same; names of KPIs in it are untrusted text
     */
    public String id() {
        return id;
    }

    /**
     * What was seen.
     *
     * @return one line; untrusted parts neutralised
     */
    public String message() {
        return message;
    }

    /**
     * The events that show it.
     *
     * @return sequence numbers
     */
    public List<Long> evidence() {
        return evidence;
    }

    @Override
    public String toString() {
        return id + ": " + message;
    }
}
