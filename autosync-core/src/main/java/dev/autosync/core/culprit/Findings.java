package dev.autosync.core.culprit;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a search knows of the patches of a batch, by their places in it from 0.
 *
 * @param convicted those that are bad
 * @param green those that may land: all of them together, with nothing else of the batch, were in one green run of all tests; ascending
 * @param undecided those of which nothing is proven, ascending
 * @param flaky the ids of tests that have failed in a way that no patch explains
 * @param combinations patches that are bad only together
 * @param needs for patches that were red without others and green with them, those of which each needs one at least
 */
public record Findings(List<Conviction> convicted, List<Integer> green, List<Integer> undecided, Set<String> flaky, List<Combined> combinations,
        Map<Integer, List<Integer>> needs) {
    /** Findings of patches that are bad or good by themselves. */
    public Findings(List<Conviction> convicted, List<Integer> green, List<Integer> undecided, Set<String> flaky) {
        this(convicted, green, undecided, flaky, List.of(), Map.of());
    }

    /** Copies all. */
    public Findings {
        combinations = List.copyOf(combinations);
        needs = Map.copyOf(needs);
        convicted = List.copyOf(convicted);
        green = List.copyOf(green);
        undecided = List.copyOf(undecided);
        flaky = Set.copyOf(flaky);
    }

    /**
     * A patch that is bad.
     *
     * @param patch its place
     * @param probability that it is, by all runs so far
     * @param symptoms the ids of the tests that show it; empty if runs with it break before their tests
     */
    public record Conviction(int patch, double probability, Set<String> symptoms) {
        /** Copies the symptoms. */
        public Conviction {
            symptoms = Set.copyOf(symptoms);
        }
    }

    /**
     * Patches that are bad only together.
     *
     * @param out the one of them that does not land
     * @param patches all of them, ascending
     * @param probability that it is just these
     * @param reproduction the run that shows it
     */
    public record Combined(int out, List<Integer> patches, double probability, Ask reproduction) {
        /** Copies the patches. */
        public Combined {
            patches = List.copyOf(patches);
        }
    }
}
