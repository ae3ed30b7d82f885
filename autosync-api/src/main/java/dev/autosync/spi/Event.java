package dev.autosync.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that happened in a cycle.
 *
 * <p>Made by the engine, kept by stores. Threads: immutable. Its texts hold only what every store can keep: each NUL and each lone
 * surrogate that was given has become U+FFFD, so that an event comes back from a store equal to the one that went in.
 *
 * @since 0.1.0
 */
public final class Event {
    private final String cycle;
    private final String kind;
    private final String subject;
    private final Instant at;
    private final Map<String, Double> numbers;
    private final String payload;

    private Event(String cycle, String kind, String subject, Instant at, Map<String, Double> numbers, String payload) {
        this.cycle = cycle;
        this.kind = kind;
        this.subject = subject;
        this.at = at;
        this.numbers = numbers;
        this.payload = payload;
    }

    /**
     * An event.
     *
     * @param cycle the cycle it belongs to
     * @param kind what kind of thing happened, lower-kebab
     * @param subject to what it happened: a patch's id, a test's name, a phase
     * @param at when
     * @param numbers its figures by name, all finite, units in the names
     * @param payload everything else, as JSON text on one line; a store need not parse it
     * @return the event
     * @throws IllegalArgumentException if a number is not finite or the payload holds a line end
     */
    public static Event of(String cycle, String kind, String subject, Instant at, Map<String, Double> numbers, String payload) {
        Map<String, Double> figures = new LinkedHashMap<>();
        numbers.forEach((name, number) -> {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("number " + name + " must be finite, was " + number);
            }
            figures.put(StorableText.of(name), number);
        });
        if (payload.indexOf('\n') >= 0 || payload.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("payload must be on one line");
        }
        return new Event(StorableText.of(Objects.requireNonNull(cycle, "cycle")), StorableText.of(Objects.requireNonNull(kind, "kind")),
                StorableText.of(Objects.requireNonNull(subject, "subject")), Objects.requireNonNull(at, "at"),
                Collections.unmodifiableMap(figures), StorableText.of(payload));
    }

    /**
     * The cycle it belongs to.
     *
     * @return a cycle's name
     */
    public String cycle() {
        return cycle;
    }

    /**
     * What kind of thing happened.
     *
     * @return for example {@code patch} or {@code test-run}
     */
    public String kind() {
        return kind;
    }

    /**
     * To what it happened.
     *
     * @return a patch's id, a test's name, a phase; perhaps empty
     */
    public String subject() {
        return subject;
    }

    /**
     * When it happened, by the engine's clock.
     *
     * @return the time; stores keep at least milliseconds
     */
    public Instant at() {
        return at;
    }

    /**
     * Its figures.
     *
     * @return finite numbers by name, in the order in which they were given
     */
    public Map<String, Double> numbers() {
        return numbers;
    }

    /**
     * Everything else.
     *
     * @return JSON text on one line
     */
    public String payload() {
        return payload;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event e && e.cycle.equals(cycle) && e.kind.equals(kind) && e.subject.equals(subject)
                && e.at.equals(at) && e.numbers.equals(numbers) && e.payload.equals(payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cycle, kind, subject, at, numbers, payload);
    }

    @Override
    public String toString() {
        return at + " " + cycle + " " + kind + " " + subject + " " + numbers + " " + payload;
    }
}
