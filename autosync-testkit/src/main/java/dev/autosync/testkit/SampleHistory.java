package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A history of cycles that never were, written as the engine writes it: for tests of improvement rules and of what else reads a history.
 *
 * <p>Called by tests. Cycles follow each other by an hour. Threads: for one thread.
 *
 * <pre>{@code
 * ImprovementContext context = new SampleHistory()
 *         .cycles(10, cycle -> cycle.number("seconds", 12))
 *         .cycle("red", cycle -> cycle.patch("p1", "blamed", "org.example.SomeTest#adds"))
 *         .context();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SampleHistory {
    private static final Instant START = Instant.parse("2026-11-23T11:50:34.123Z");

    private final List<StoredEvent> events = new ArrayList<>();
    private int cycles;

    /** A history without any cycle. */
    public SampleHistory() {}

    /**
     * Adds a green cycle in which nothing happened.
     *
     * @return this
     */
    public SampleHistory cycle() {
        return cycle("green", cycle -> { });
    }

    /**
     * Adds a cycle.
     *
     * @param outcome how it ended: {@code green}, {@code red} or {@code failed}
     * @param what tells what happened in it
     * @return this
     */
    public SampleHistory cycle(String outcome, Consumer<SampleCycle> what) {
        SampleCycle cycle = new SampleCycle(String.format(Locale.ROOT, "cycle-%04d", cycles + 1), START.plus(Duration.ofHours(cycles)));
        cycles++;
        what.accept(cycle);
        cycle.events(outcome).forEach(event -> append(new FencingToken(cycles), event));
        return this;
    }

    /**
     * Adds green cycles that are all alike.
     *
     * @param count how many, 0 or more
     * @param what tells what happened in each of them
     * @return this
     */
    public SampleHistory cycles(int count, Consumer<SampleCycle> what) {
        for (int i = 0; i < count; i++) {
            cycle("green", what);
        }
        return this;
    }

    /**
     * Adds events as they are, whatever they say.
     *
     * @param more the events, for example those that the engine would append
     * @return this
     */
    public SampleHistory events(List<Event> more) {
        more.forEach(event -> append(new FencingToken(Math.max(1, cycles)), event));
        return this;
    }

    /**
     * Adds one event to the latest cycle.
     *
     * @param kind its kind
     * @param subject its subject
     * @param numbers its numbers
     * @param payload its payload, on one line; need not be JSON
     * @return this
     */
    public SampleHistory event(String kind, String subject, Map<String, Double> numbers, String payload) {
        return events(List.of(Event.of(lastCycle(), kind, subject, now(), numbers, payload)));
    }

    /**
     * The events so far.
     *
     * @return a copy, in the order of the sequence numbers, from 1
     */
    public List<StoredEvent> events() {
        return List.copyOf(events);
    }

    /**
     * The name of the latest cycle.
     *
     * @return for example {@code cycle-0001}; that one also if there is none yet
     */
    public String lastCycle() {
        return String.format(Locale.ROOT, "cycle-%04d", Math.max(1, cycles));
    }

    /**
     * When the latest cycle began.
     *
     * @return the time
     */
    public Instant now() {
        return START.plus(Duration.ofHours(Math.max(0, cycles - 1)));
    }

    /**
     * What a rule may look at, with a JSON store and no trends.
     *
     * @return a context that does not change when the history grows
     */
    public SampleContext context() {
        return SampleContext.of(events);
    }

    private void append(FencingToken token, Event event) {
        events.add(new StoredEvent(events.size() + 1L, token, event));
    }
}
