package dev.autosync.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events to roll up, by which number, in what pieces of time.
 *
 * <p>Threads: immutable; each method returns a new query. Whole hours or days are counted: the first is the one that {@link #since()} lies in,
 * the last the one before which {@link #until()} lies or begins.
 *
 * @since 0.1.0
 */
public final class RollupQuery {
    private final String kind;
    private final @Nullable String subject;
    private final @Nullable String number;
    private final Resolution resolution;
    private final @Nullable Instant since;
    private final @Nullable Instant until;

    private RollupQuery(String kind, @Nullable String subject, @Nullable String number, Resolution resolution, @Nullable Instant since,
            @Nullable Instant until) {
        this.kind = kind;
        this.subject = subject;
        this.number = number;
        this.resolution = resolution;
        this.since = since;
        this.until = until;
    }

    /**
     * How many events there are of a kind, by the day, of all times.
     *
     * @param kind the kind
     * @return the query
     */
    public static RollupQuery of(String kind) {
        return new RollupQuery(StorableText.of(kind), null, null, Resolution.DAY, null, null);
    }

    /**
     * Only events of one subject.
     *
     * @param subject the subject
     * @return a new query
     */
    public RollupQuery subject(String subject) {
        return new RollupQuery(kind, StorableText.of(subject), number, resolution, since, until);
    }

    /**
     * Only events that have a number of this name, and what it comes to.
     *
     * @param name for example {@code seconds}
     * @return a new query
     */
    public RollupQuery number(String name) {
        return new RollupQuery(kind, subject, StorableText.of(name), resolution, since, until);
    }

    /**
     * In pieces of this length.
     *
     * @param resolution the length
     * @return a new query
     */
    public RollupQuery per(Resolution resolution) {
        return new RollupQuery(kind, subject, number, Objects.requireNonNull(resolution, "resolution"), since, until);
    }

    /**
     * From the hour or day on that this time lies in.
     *
     * @param since the time
     * @return a new query
     */
    public RollupQuery since(Instant since) {
        return new RollupQuery(kind, subject, number, resolution, Objects.requireNonNull(since, "since"), until);
    }

    /**
     * Only hours or days that begin before this time.
     *
     * @param until the time
     * @return a new query
     */
    public RollupQuery until(Instant until) {
        return new RollupQuery(kind, subject, number, resolution, since, Objects.requireNonNull(until, "until"));
    }

    /**
     * The kind asked for.
     *
     * @return a kind
     */
    public String kind() {
        return kind;
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
     * The number asked for.
     *
     * @return empty if events are only counted
     */
    public Optional<String> number() {
        return Optional.ofNullable(number);
    }

    /**
     * How long a piece of time is.
     *
     * @return an hour or a day
     */
    public Resolution resolution() {
        return resolution;
    }

    /**
     * The time from whose hour or day on.
     *
     * @return empty for the beginning
     */
    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /**
     * The time before which the last hour or day begins.
     *
     * @return empty for the end
     */
    public Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    /**
     * Whether an hour or day is asked for.
     *
     * @param start its beginning
     * @return true if it is
     */
    public boolean covers(Instant start) {
        return (since == null || !start.isBefore(resolution.startOf(since))) && (until == null || start.isBefore(until));
    }
}
