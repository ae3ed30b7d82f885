package dev.autosync.core.culprit;

import dev.autosync.core.culprit.Findings.Conviction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is convicted. That does not depend on how many breakers a test may have: a test has failed with the patch, and with each of the others that were in that run it
 * has passed. It can only be wrong if the test has failed falsely. Each other patch, but for suspects, must have been in such a run: a patch may fail without one
 * that it needs, although nobody has said so, be it an earlier one or a later one.
 *
 * <p>Of all tests that convict a patch the strongest counts, and that there are many does not: tests that fail falsely together may do so for one reason.
 *
 * <p>Where many tests were seen to fail as they like, some will do so by chance just as if a patch broke them: then none convicts anybody.
 *
 * <p>A test that was run without the others is believed where it has both failed and passed so: some fail only beside others, or only alone.
 */
final class Convictions {
    private final Trials trials;
    private final Opinion opinion;
    private final BitSet rest;
    private final Map<Integer, Case> cases = new TreeMap<>();

    /** What speaks against a patch. */
    private static final class Case {
        private final Set<String> tests = new TreeSet<>();
        private double doubt = 1;
        private double least = Double.MAX_VALUE;

        /** The odds that the patch is innocent. */
        double innocence(double risk) {
            return Math.max(1e-12, Math.min(least, doubt / risk));
        }
    }

    /**
     * The cases against all.
     *
     * @param tests those that are symptoms
     * @param suspects who is suspected, which does not convict anybody
     * @param rest the patches that are left when suspects are taken out
     */
    Convictions(Trials trials, Set<String> tests, Opinion opinion, Suspects suspects, BitSet rest) {
        this.trials = trials;
        this.opinion = opinion;
        this.rest = rest;
        if (trials.manyFailAsTheyLike()) {
            return;
        }
        for (String test : tests) {
            boolean fullOnly = !trials.controlled(test);
            sightings(test, fullOnly).forEach((patch, times) -> accuse(patch, test, times, fullOnly, suspects));
        }
    }

    /** How often a test has failed with a patch that was the only one of the run with which it has not passed too. */
    private Map<Integer, Integer> sightings(String test, boolean fullOnly) {
        BitSet cleared = trials.cleared(test, fullOnly);
        Map<Integer, Integer> sightings = new HashMap<>();
        Map<Integer, BitSet> beside = new HashMap<>();
        trials.of(test, fullOnly).failed().stream().forEach(run -> {
            BitSet patches = trials.all().get(run).patches();
            BitSet left = (BitSet) patches.clone();
            left.andNot(cleared);
            if (left.cardinality() == 1) {
                sightings.merge(left.nextSetBit(0), 1, Integer::sum);
                beside.computeIfAbsent(left.nextSetBit(0), patch -> new BitSet()).or(patches);
            }
        });
        sightings.keySet().removeIf(patch -> !Trials.holds(beside.getOrDefault(patch, new BitSet()), rest));
        return sightings;
    }

    private void accuse(int patch, String test, int times, boolean fullOnly, Suspects suspects) {
        Trials.Evidence evidence = trials.of(test, fullOnly);
        Case against = cases.computeIfAbsent(patch, p -> new Case());
        double falseFailure = opinion.falseFailure(test);
        double breaks = opinion.breaks();
        double others = 1;
        if (times < evidence.failed().cardinality()) {
            boolean explained = explains(suspects, patch, evidence, trials.cleared(test, fullOnly));
            others = explained ? breaks : opinion.broken();
            if (!explained) {
                double guilt = opinion.symptom(evidence, falseFailure).breaks(patch);
                against.least = Math.min(against.least, (1 - guilt) / guilt);
            }
        }
        against.tests.add(test);
        against.doubt = Math.min(against.doubt, Math.pow(falseFailure, times) * others / breaks);
    }

    /** Whether others are suspected who explain the failures of a test but for those that only this patch does. */
    private boolean explains(Suspects suspects, int patch, Trials.Evidence evidence, BitSet cleared) {
        BitSet others = (BitSet) suspects.patches().clone();
        others.clear(patch);
        others.andNot(cleared);
        return evidence.failed().stream().mapToObj(run -> (BitSet) trials.all().get(run).patches().clone()).filter(left -> {
            left.andNot(cleared);
            return left.cardinality() != 1;
        }).allMatch(others::intersects);
    }

    boolean contains(int patch) {
        return cases.containsKey(patch) && probability(patch) >= opinion.certain();
    }

    private double probability(int patch) {
        double innocence = Objects.requireNonNull(cases.get(patch), "no case was made against the patch").innocence(opinion.chance(patch));
        return 1 / (1 + innocence);
    }

    List<Conviction> all() {
        List<Conviction> all = new ArrayList<>();
        cases.forEach((patch, against) -> {
            if (contains(patch)) {
                all.add(new Conviction(patch, probability(patch), against.tests));
            }
        });
        return all;
    }
}
