package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which suspects a run with several of them tells apart: those who have a test each that has passed with every other one. Immutable.
 *
 * <p>Cost: in proportion to the suspects and the tests, and where some have to be left out once more for each of these.
 */
final class ToldApart {
    /** Of each test the suspects with whom it has not passed. */
    private final Set<BitSet> breakers = new LinkedHashSet<>();

    ToldApart(Trials trials, BitSet suspects) {
        for (String test : trials.symptoms()) {
            BitSet left = (BitSet) suspects.clone();
            left.andNot(trials.cleared(test, !trials.controlled(test)));
            breakers.add(left);
        }
    }

    /** Those of some who are told apart in a run with all of these. */
    BitSet in(BitSet some) {
        BitSet told = new BitSet();
        for (BitSet of : breakers) {
            BitSet left = both(of, some);
            if (left.cardinality() == 1) {
                told.or(left);
            }
        }
        return told;
    }

    /** As many of some as a run tells apart: whoever breaks the tests of many is left out first. */
    BitSet most(BitSet some) {
        BitSet most = (BitSet) some.clone();
        for (BitSet told = in(most); told.cardinality() < most.cardinality(); told = in(most)) {
            Map<Integer, BitSet> without = without(most);
            BitSet already = told;
            most.clear(most.stream().boxed().max(Comparator.comparingInt(out -> {
                BitSet then = (BitSet) already.clone();
                then.or(without.getOrDefault(out, already));
                then.clear(out);
                return then.cardinality();
            })).orElseThrow());
        }
        return most;
    }

    /** By each of some those who are told apart as soon as it is left out. */
    private Map<Integer, BitSet> without(BitSet some) {
        Map<Integer, BitSet> told = new HashMap<>();
        for (BitSet of : breakers) {
            BitSet left = both(of, some);
            if (left.cardinality() == 2) {
                left.stream().forEach(patch -> told.computeIfAbsent(patch, p -> new BitSet()).or(left));
            }
        }
        return told;
    }

    private static BitSet both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }
}
