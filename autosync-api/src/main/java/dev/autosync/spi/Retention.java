package dev.autosync.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events may be removed from a history: those of some kinds from before a day. Their rollups stay.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Retention {
    private final Instant before;
    private final Set<String> kinds;

    private Retention(Instant before, Set<String> kinds) {
        this.before = before;
        this.kinds = kinds;
    }

    /**
     * Lets old events of some kinds go.
     *
     * @param before events of the UTC day in which this time lies, and of later ones, stay
     * @param kinds the kinds that may go; every other kind stays for ever
     * @return the retention
     */
    public static Retention dropping(Instant before, Set<String> kinds) {
        return new Retention(Resolution.DAY.startOf(before),
                kinds.stream().map(kind -> StorableText.of(Objects.requireNonNull(kind, "kind"))).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * The midnight of UTC from which on everything stays.
     *
     * @return a time
     */
    public Instant before() {
        return before;
    }

    /**
     * The kinds that may go.
     *
     * @return perhaps empty
     */
    public Set<String> kinds() {
        return kinds;
    }

    /**
     * Whether an event goes.
     *
     * @param event the event
     * @return true if it does
     */
    public boolean drops(Event event) {
        return event.at().isBefore(before) && kinds.contains(event.kind());
    }

    @Override
    public String toString() {
        return "events of " + kinds + " before " + before;
    }
}
