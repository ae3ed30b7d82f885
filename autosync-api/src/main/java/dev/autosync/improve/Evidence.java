package dev.autosync.improve;

import java.util.List;
import java.util.Objects;

/**
 * What a suggestion rests on.
 *
 * <p>Made by improvement rules. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Evidence {
    private final String text;
    private final List<Long> events;

    private Evidence(String text, List<Long> events) {
        this.text = text;
        this.events = events;
    }

    /**
     * Evidence.
     *
     * @param text what was seen, with its numbers; one line
     * @param events the sequence numbers of the events that show it; may be empty for what the store itself shows
     * @return the evidence
     */
    public static Evidence of(String text, List<Long> events) {
        return new Evidence(Objects.requireNonNull(text, "text"), List.copyOf(events));
    }

    /**
     * What was seen.
     *
     * @return one line; may hold untrusted text
     */
    public String text() {
        return text;
    }

    /**
     * The events that show it.
     *
     * @return sequence numbers
     */
    public List<Long> events() {
        return events;
    }

    @Override
    public String toString() {
        return text;
    }
}
