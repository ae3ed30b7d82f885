package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The runs of a batch that were evidence, and what each has said of a test. Not safe to share between threads. */
final class Trials {
    private static final int MANY = 20;

    private final List<Trial> trials = new ArrayList<>();
    private final BitSet[] runsOf;
    private final Set<String> symptoms = new TreeSet<>();
    private final Set<String> distrusted = new HashSet<>();

    /**
     * A run.
     *
     * @param patches with which; not to be changed
     */
    record Trial(BitSet patches, Set<String> only, Seen seen) {
        /** Whether a test has failed; null if that is not known. */
        @Nullable Boolean failed(String test) {
            if (seen.failed().contains(test)) {
                return true;
            }
            return seen.passed().contains(test) || green() && asked(test) ? Boolean.FALSE : null;
        }

        /** Whether it was to tell of a test. */
        boolean asked(String test) {
            return only.isEmpty() || only.contains(test);
        }

        boolean full() {
            return only.isEmpty();
        }

        boolean green() {
            return seen.colour() == Seen.Colour.GREEN;
        }

        /** Whether it broke before its tests. */
        boolean nameless() {
            return !green() && seen.failed().isEmpty();
        }
    }

    /**
     * What is known of a test, as the numbers of runs.
     *
     * @param failed those in which it has
     * @param passed those in which it has not
     */
    record Evidence(BitSet failed, BitSet passed) {}

    Trials(int patches) {
        runsOf = new BitSet[patches];
        for (int patch = 0; patch < patches; patch++) {
            runsOf[patch] = new BitSet();
        }
    }

    void add(Trial trial) {
        trial.patches().stream().forEach(patch -> runsOf[patch].set(trials.size()));
        trials.add(trial);
        findSymptoms();
        distrusted.clear();
        symptoms.stream().filter(this::contradicted).forEach(distrusted::add);
    }

    /** Whether a test has failed more than once in runs of all tests with patches with each of which it has passed, in runs without the other tests. */
    private boolean contradicted(String test) {
        if (trials.stream().filter(trial -> trial.full() && Boolean.TRUE.equals(trial.failed(test))).count() < 2) {
            return false;
        }
        BitSet cleared = cleared(test, false);
        return trials.stream().filter(trial -> trial.full() && Boolean.TRUE.equals(trial.failed(test)) && holds(cleared, trial.patches())
                && !holds(cleared(test, true), trial.patches())).count() > 1;
    }

    List<Trial> all() {
        return trials;
    }

    /** Whether one test in {@value #MANY}, and at least as many tests as that, have failed more than once with patches with each of which they have passed. */
    boolean manyFailAsTheyLike() {
        long many = symptoms.stream().filter(test -> {
            BitSet cleared = cleared(test, false);
            return of(test, false).failed().stream().filter(run -> holds(cleared, trials.get(run).patches())).count() > 1;
        }).count();
        return many >= MANY && many * MANY >= tests();
    }

    /** The numbers of the runs with a patch; not to be changed. */
    BitSet runsOf(int patch) {
        return runsOf[patch];
    }

    /** Whether runs of some tests have said what runs of all contradict. */
    boolean distrustsAny() {
        return !distrusted.isEmpty();
    }

    /** How many tests there are, as far as runs of all have said. */
    int tests() {
        return trials.stream().filter(Trial::full).mapToInt(trial -> trial.seen().failed().size() + trial.seen().passed().size()).max().orElse(0);
    }

    /** Whether a test that was run without the others has both failed and passed, and nothing contradicts that. */
    boolean controlled(String test) {
        boolean failed = false;
        boolean passed = false;
        for (Trial trial : trials) {
            Boolean result = trial.full() ? null : trial.failed(test);
            failed |= Boolean.TRUE.equals(result);
            passed |= Boolean.FALSE.equals(result);
        }
        return failed && passed && !distrusted.contains(test);
    }

    /** What is known of a test; without runs of some tests, if these are not to be believed. */
    Evidence of(String test, boolean fullOnly) {
        Evidence evidence = new Evidence(new BitSet(), new BitSet());
        for (int run = 0; run < trials.size(); run++) {
            Trial trial = trials.get(run);
            Boolean failed = (fullOnly || distrusted.contains(test)) && !trial.full() ? null : trial.failed(test);
            if (failed != null) {
                (failed ? evidence.failed() : evidence.passed()).set(run);
            }
        }
        return evidence;
    }

    /** The patches with which a test has passed. */
    BitSet cleared(String test, boolean fullOnly) {
        BitSet cleared = new BitSet();
        of(test, fullOnly).passed().stream().forEach(run -> cleared.or(trials.get(run).patches()));
        return cleared;
    }

    /** The tests that have failed in a run of all tests, and were not seen to pass with more patches: what patches break stays broken with more of them. */
    Set<String> symptoms() {
        return symptoms;
    }

    private void findSymptoms() {
        symptoms.clear();
        List<Trial> full = trials.stream().filter(Trial::full).toList();
        for (Trial trial : full) {
            trial.seen().failed().stream().filter(test -> !passedWithMore(test, trial.patches(), full)).forEach(symptoms::add);
        }
    }

    private static boolean passedWithMore(String test, BitSet patches, List<Trial> full) {
        return full.stream().anyMatch(trial -> Boolean.FALSE.equals(trial.failed(test)) && trial.patches().cardinality() > patches.cardinality()
                && holds(trial.patches(), patches));
    }

    /** The tests that have failed, but passed with more patches. */
    Set<String> unexplained() {
        Set<String> tests = new TreeSet<>();
        trials.forEach(trial -> tests.addAll(trial.seen().failed()));
        tests.removeAll(symptoms);
        return tests;
    }

    static boolean holds(BitSet all, BitSet some) {
        BitSet left = (BitSet) some.clone();
        left.andNot(all);
        return left.isEmpty();
    }
}
