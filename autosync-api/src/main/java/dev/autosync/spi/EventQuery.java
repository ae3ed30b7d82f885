package dev.autosync.spi;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read. All conditions must hold.
 *
 * <p>Threads: immutable; each method returns a new query. Texts are taken as {@link Event} takes them, without NUL and lone surrogates.
 *
 * @since 0.1.0
 */
public final class EventQuery {
    private static final EventQuery ALL = new EventQuery(null, null, null, null, null, 0, Integer.MAX_VALUE, false);

    private final @Nullable String cycle;
    private final @Nullable String kind;
    private final @Nullable String subject;
    private final @Nullable Instant since;
    private final @Nullable Instant until;
    private final long afterSequence;
    private final int limit;
    private final boolean latest;

    private EventQuery(@Nullable String cycle, @Nullable String kind, @Nullable String subject, @Nullable Instant since,
            @Nullable Instant until, long afterSequence, int limit, boolean latest) {
        this.cycle = cycle;
        this.kind = kind;
        this.subject = subject;
        this.since = since;
        this.until = until;
        this.afterSequence = afterSequence;
        this.limit = limit;
        this.latest = latest;
    }

    /**
     * All events.
     *
     * @return the query
     */
    public static EventQuery all() {
        return ALL;
    }

    /**
     * Only events of one cycle.
     *
     * @param cycle its name
     * @return a new query
     */
    public EventQuery cycle(String cycle) {
        return new EventQuery(StorableText.of(cycle), kind, subject, since, until, afterSequence, limit, latest);
    }

    /**
     * Only events of one kind.
     *
     * @param kind the kind
     * @return a new query
     */
    public EventQuery kind(String kind) {
        return new EventQuery(cycle, StorableText.of(kind), subject, since, until, afterSequence, limit, latest);
    }

    /**
     * Only events of one subject.
     *
     * @param subject the subject
     * @return a new query
     */
    public EventQuery subject(String subject) {
        return new EventQuery(cycle, kind, StorableText.of(subject), since, until, afterSequence, limit, latest);
    }

    /**
     * Only events at or after a time.
     *
     * @param since the time
     * @return a new query
     */
    public EventQuery since(Instant since) {
        return new EventQuery(cycle, kind, subject, since, until, afterSequence, limit, latest);
    }

    /**
     * Only events before a time.
     *
     * @param until the time
     * @return a new query
     */
    public EventQuery until(Instant until) {
        return new EventQuery(cycle, kind, subject, since, until, afterSequence, limit, latest);
    }

    /**
     * Only events after a sequence number, to read on where an earlier query ended.
     *
     * @param sequence 0 or more
     * @return a new query
     * @throws IllegalArgumentException if it is negative
     */
    public EventQuery after(long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must be 0 or more, was " + sequence);
        }
        return new EventQuery(cycle, kind, subject, since, until, sequence, limit, latest);
    }

    /**
     * At most so many events, the earliest ones.
     *
     * @param limit 1 or more
     * @return a new query
     * @throws IllegalArgumentException if it is below 1
     */
    public EventQuery limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
        }
        return new EventQuery(cycle, kind, subject, since, until, afterSequence, limit, false);
    }

    /**
     * At most so many events, the latest ones; they come in the order of their sequence numbers all the same.
     *
     * @param limit 1 or more
     * @return a new query
     * @throws IllegalArgumentException if it is below 1
     */
    public EventQuery latest(int limit) {
        EventQuery earliest = limit(limit);
        return new EventQuery(cycle, kind, subject, since, until, afterSequence, earliest.limit, true);
    }

    /**
     * The cycle asked for.
     *
     * @return empty for any
     */
    public Optional<String> cycle() {
        return Optional.ofNullable(cycle);
    }

    /**
     * The kind asked for.
     *
     * @return empty for any
     */
    public Optional<String> kind() {
        return Optional.ofNullable(kind);
    }

    /**
     * The subject asked for.
     *
     * @return empty for any
     */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /**
     * The earliest time asked for.
     *
     * @return empty for any
     */
    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /**
     * The time asked for before which events must be.
     *
     * @return empty for any
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    /**
     * The sequence number after which to read.
     *
     * @return 0 for the beginning
     */
    public long afterSequence() {
        return afterSequence;
    }

    /**
     * The most events to read.
     *
     * @return 1 or more
     */
    public int limit() {
        return limit;
    }

    /**
     * Which end is kept where more events match than the limit allows.
     *
     * @return true for the latest events, false for the earliest
     */
    public boolean latest() {
        return latest;
    }

    /**
     * Whether an event meets all conditions but the limit.
     *
     * @param event the event
     * @return true if it does
     */
    public boolean matches(StoredEvent event) {
        return event.sequence() > afterSequence
                && (cycle == null || cycle.equals(event.event().cycle()))
                && (kind == null || kind.equals(event.event().kind()))
                && (subject == null || subject.equals(event.event().subject()))
                && (since == null || !event.event().at().isBefore(since))
                && (until == null || event.event().at().isBefore(until));
    }
}
