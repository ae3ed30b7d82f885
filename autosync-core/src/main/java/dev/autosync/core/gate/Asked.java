package dev.autosync.core.gate;

import dev.autosync.testing.TestContext;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a run is asked for beside the tree that it is on.
 *
 * @param only the ids of the tests to run; empty for all
 * @param first the ids of tests that are likely to fail, the likeliest first
 * @param failFast whether it may end at the first failure
 */
record Asked(Set<String> only, List<String> first, boolean failFast) {

    /** A run of all tests to its end. */
    static Asked all(List<String> first) {
        return new Asked(Set.of(), first, false);
    }

    /** The same for some tests. */
    Asked only(Collection<String> ids) {
        return new Asked(Set.copyOf(ids), first, failFast);
    }

    /** Whether a run says something of all tests, whatever they do. */
    boolean whole() {
        return only.isEmpty() && !failFast;
    }

    TestContext of(TestContext context) {
        TestContext asked = context.only(only).first(first);
        return failFast ? asked.failFast() : asked;
    }
}
