package dev.autosync.core.culprit;

import java.util.Set;

/**
 * How it shows that a patch is bad.
 *
 * @param tests the ids of the tests of which one fails at least; empty if runs break before their tests, as builds do
 * @param anyRed whether every red run shows it, whatever fails: where nothing is known of single tests
 */
public record Symptom(Set<String> tests, boolean anyRed) {
    /** What a run says of a symptom. */
    public enum Shown {
        /** The run shows it. */
        SHOWN,
        /** The run would show it, and does not. */
        ABSENT,
        /** The run did not get so far. */
        UNKNOWN
    }

    /** Copies the ids. */
    public Symptom {
        tests = Set.copyOf(tests);
    }

    /** Tests that fail; without any, a run that breaks before its tests. */
    public static Symptom of(Set<String> tests) {
        return new Symptom(tests, false);
    }

    /** A run that breaks before its tests. */
    public static Symptom broken() {
        return of(Set.of());
    }

    /** A run that is red. */
    public static Symptom red() {
        return new Symptom(Set.of(), true);
    }

    /** Whether a run shows it. */
    public Shown in(Seen seen) {
        return switch (seen.colour()) {
            case NONE -> Shown.UNKNOWN;
            case GREEN -> Shown.ABSENT;
            case RED -> inRed(seen);
        };
    }

    private Shown inRed(Seen seen) {
        if (anyRed || tests.stream().anyMatch(seen.failed()::contains)) {
            return Shown.SHOWN;
        }
        if (tests.isEmpty()) {
            return seen.failed().isEmpty() ? Shown.SHOWN : Shown.ABSENT;
        }
        return seen.passed().containsAll(tests) ? Shown.ABSENT : Shown.UNKNOWN;
    }
}
