package dev.autosync.core.culprit;

import java.util.Set;

/**
 * What a run has said.
 *
 * @param colour whether patches might land on it
 * @param failed the ids of the tests that failed; a red run without any broke before its tests, as a build does
 * @param passed the ids of the tests that are known to have passed; of a green run nothing need be said
 */
public record Seen(Colour colour, Set<String> failed, Set<String> passed) {
    /** Green, red, or no evidence. */
    public enum Colour {
        /** Everything that was run is good. */
        GREEN,
        /** Something is not. */
        RED,
        /** The tests could not be run, which says nothing of any patch. */
        NONE
    }

    /** Copies both. */
    public Seen {
        failed = Set.copyOf(failed);
        passed = Set.copyOf(passed);
    }

    /** A green run. */
    public static Seen green() {
        return new Seen(Colour.GREEN, Set.of(), Set.of());
    }

    /** A red run that names no test. */
    public static Seen red() {
        return new Seen(Colour.RED, Set.of(), Set.of());
    }

    /** A red run. */
    public static Seen red(Set<String> failed, Set<String> passed) {
        return new Seen(Colour.RED, failed, passed);
    }

    /** A run that is no evidence. */
    public static Seen none() {
        return new Seen(Colour.NONE, Set.of(), Set.of());
    }
}
