package dev.autosync.core.engine;

import static java.util.Map.entry;

import dev.autosync.core.json.JsonSection;
import dev.autosync.core.text.NearestName;
import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.Retention;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long events of some kinds stay in the history.
 *
 * @param days for how many days, 1 to {@link #MOST_DAYS}
 * @param kinds which ones go then; none that the engine reads however old they are
 */
record RetentionPolicy(int days, Set<String> kinds) {
    static final int MOST_DAYS = 36_500;

    private static final Set<String> DEFAULT_KINDS = Set.of("test-run", "phase", "kpi");
    private static final Set<String> MAY_GO = Set.of("test-run", "phase", "kpi", "pull", "recovery");
    private static final Map<String, String> NEEDED = new TreeMap<>(Map.ofEntries(
            entry("patch", "it says what has landed already"),
            entry("landed", "it says what is to be published"),
            entry("cursor", "it says where the next pull begins"),
            entry("publish", "it says what sinks have got"),
            entry("ci-run", "it says which runs were started"),
            entry("mark", "it says what was marked"),
            entry("alert", "it says which alerts are open"),
            entry("lesson", "it says what was suggested"),
            entry("feedback", "it says what has helped"),
            entry("cycle", "it says where cycles end"),
            entry("store-damage", "it says what was lost"),
            entry("retention", "it says what went")));

    RetentionPolicy {
        kinds = Set.copyOf(kinds);
    }

    /**
     * A policy.
     *
     * @param kinds none for those that may go by default
     * @throws IllegalArgumentException if the days are out of range, or a kind must stay
     */
    static RetentionPolicy of(int days, List<String> kinds) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("days must be 1 to " + MOST_DAYS + ", was " + days);
        }
        kinds.forEach(kind -> objection(kind).ifPresent(why -> {
            throw new IllegalArgumentException("kinds: " + why);
        }));
        return new RetentionPolicy(days, kinds.isEmpty() ? DEFAULT_KINDS : Set.copyOf(kinds));
    }

    /** The policy of a configuration. */
    static RetentionPolicy read(JsonSection section) {
        long days = section.integer("days", 1, MOST_DAYS).orElseThrow(() -> section.missing("days"));
        List<String> kinds = section.strings("kinds");
        boolean said = section.value("kinds").isPresent();
        section.done();
        if (said && kinds.isEmpty()) {
            throw section.invalid("kinds", "names nothing that may go; name a kind, or leave the key out for " + words(DEFAULT_KINDS));
        }
        for (String kind : kinds) {
            Optional<String> objection = objection(kind);
            if (objection.isPresent()) {
                throw section.invalid("kinds", objection.get());
            }
        }
        return of((int) days, kinds);
    }

    /** Why a kind may not go; empty if it may. */
    private static Optional<String> objection(String kind) {
        if (MAY_GO.contains(kind)) {
            return Optional.empty();
        }
        String may = "; those that may go are " + words(MAY_GO);
        if (NEEDED.containsKey(kind)) {
            return Optional.of("events of the kind '" + kind + "' must stay: " + NEEDED.get(kind) + may);
        }
        List<String> known = new ArrayList<>(MAY_GO);
        known.addAll(NEEDED.keySet());
        return Optional.of("there are no events of the kind '" + Untrusted.line(kind, 80) + "'"
                + NearestName.of(kind, known).map(near -> "; did you mean '" + near + "'?").orElse("") + may);
    }

    private static String words(Set<String> kinds) {
        return String.join(", ", new TreeSet<>(kinds));
    }

    /**
     * What may go at a time.
     *
     * @param oldestNeeded when the first event was recorded that analyses look at; it and what is later stays
     */
    Retention at(Instant now, Instant oldestNeeded) {
        Instant old = now.minus(days, ChronoUnit.DAYS);
        return Retention.dropping(old.isBefore(oldestNeeded) ? old : oldestNeeded, kinds);
    }
}
