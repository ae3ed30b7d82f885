package dev.autosync.core.culprit;

import java.util.List;
import java.util.Set;

/**
 * A run of the tests with some patches of the batch, on top of the tree before it.
 *
 * @param patches their places in the batch, from 0, ascending; with each those that it needs
 * @param only the ids of the tests to run; empty for all
 */
public record Ask(List<Integer> patches, Set<String> only) {
    /** Copies both. */
    public Ask {
        patches = List.copyOf(patches);
        only = Set.copyOf(only);
    }

    /** All tests with some patches. */
    public static Ask all(List<Integer> patches) {
        return new Ask(patches, Set.of());
    }
}
