package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is believed to have broken which tests, after all runs so far.
 *
 * <p>One suspect after the other, the most certain one first. A test each of whose failures has a suspect in it that may break it needs no other; of the rest only
 * those failures count that no suspect explains. A patch that breaks tests of its own by that explains what it shares with others too.
 */
final class Suspects {
    /** From which chance on suspects explain a test well enough to go on without it. */
    private static final double EXPLAINED = 0.9;

    private final Trials trials;
    private final BitSet suspects = new BitSet();
    private final Map<Breakers, Double> open = new LinkedHashMap<>();
    private final Set<String> flaky = new LinkedHashSet<>();

    /** Tests of which the same is believed: all that was seen of them is the same. */
    private static final class Group {
        private final List<String> tests;
        private final BitSet cleared;
        private Opinion.Key key;
        private Breakers symptom;

        Group(List<String> tests, Opinion.Key key, Trials trials, Opinion opinion) {
            this.tests = tests;
            this.cleared = trials.cleared(tests.get(0), false);
            this.key = key;
            this.symptom = opinion.symptom(key);
        }

        double chance() {
            return symptom.breaks(symptom.likeliest());
        }
    }

    Suspects(Trials trials, Set<String> symptoms, Opinion opinion) {
        this.trials = trials;
        Map<Opinion.Key, List<String>> alike = new LinkedHashMap<>();
        symptoms.forEach(test -> alike.computeIfAbsent(opinion.key(test), key -> new ArrayList<>()).add(test));
        List<Group> groups = new ArrayList<>();
        alike.forEach((key, tests) -> groups.add(new Group(tests, tests.size() == 1 ? key : opinion.ofSeveral(key), trials, opinion)));
        find(groups, opinion);
        for (Group group : groups) {
            if (group.symptom.none() < (group.key.suspects().isEmpty() ? opinion.certain() : EXPLAINED)) {
                open.putIfAbsent(group.symptom, group.key.falseFailure());
            } else if (group.key.suspects().isEmpty()) {
                flaky.addAll(group.tests);
            }
        }
    }

    private void find(Collection<Group> groups, Opinion opinion) {
        while (suspectMostCertain(groups, opinion)) {
            consider(groups, opinion);
        }
        for (int patch : suspects.stream().toArray()) {
            suspects.clear(patch);
            if (groups.stream().anyMatch(group -> !unexplained(group, group.key.suspects()).equals(unexplained(group, suspects)))) {
                suspects.set(patch);
            }
        }
        consider(groups, opinion);
    }

    /** Suspects who is certain to break a test that nobody explains who is more certain to break another. */
    private boolean suspectMostCertain(Collection<Group> groups, Opinion opinion) {
        boolean any = false;
        Comparator<Group> certainty = Comparator.comparingDouble(group -> -group.chance());
        for (Group group : groups.stream().filter(group -> group.chance() >= opinion.certain()).sorted(certainty).toList()) {
            int patch = group.symptom.likeliest();
            if (!suspects.get(patch) && !unexplained(group, suspects).isEmpty()) {
                suspects.set(patch);
                any = true;
            }
        }
        return any;
    }

    /** Lets tests be explained by those who are suspected now. */
    private void consider(Collection<Group> groups, Opinion opinion) {
        for (Group group : groups) {
            BitSet own = (BitSet) suspects.clone();
            own.andNot(group.cleared);
            if (!own.equals(group.key.suspects())) {
                group.key = new Opinion.Key(group.key.evidence(), group.key.falseFailure(), own);
                group.symptom = opinion.symptom(group.key);
            }
        }
    }

    private BitSet unexplained(Group group, BitSet by) {
        BitSet left = (BitSet) group.key.evidence().failed().clone();
        for (int patch = by.nextSetBit(0); patch >= 0; patch = by.nextSetBit(patch + 1)) {
            if (!group.cleared.get(patch)) {
                left.andNot(trials.runsOf(patch));
            }
        }
        return left;
    }

    /** Those who are; not to be changed. */
    BitSet patches() {
        return suspects;
    }

    /** The symptoms that nobody explains yet, each once. */
    List<Breakers> open() {
        return List.copyOf(open.keySet());
    }

    double[] falseFailures() {
        return open.values().stream().mapToDouble(chance -> chance).toArray();
    }

    /** The tests that fail by themselves. */
    Set<String> flaky() {
        return flaky;
    }
}
