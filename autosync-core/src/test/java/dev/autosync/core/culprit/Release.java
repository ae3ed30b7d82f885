package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One release of a library as many patches, a file each, some of them changed to be bad: a set can be built if every patch of it has those that it
 * needs, by the symbols that come, go and change in one file and are used in others; then a test fails for each bad one in it.
 */
final class Release {
    private final Needs truth;
    private final Set<Integer> breaking;
    private final List<Set<Integer>> bad;

    /**
     * A release.
     *
     * @param breaking patches with which nothing can be built
     * @param bad for each test the patches that only together make it fail
     */
    Release(Needs truth, Set<Integer> breaking, List<Set<Integer>> bad) {
        this.truth = truth;
        this.breaking = breaking;
        this.bad = bad;
    }

    /**
     * Random needs. A few files are used by many.
     *
     * @param share how many patches cannot be built alone, 0 to 1
     */
    static Needs needs(int patches, double share, Random random) {
        List<Set<Integer>> direct = new ArrayList<>();
        List<Integer> rank = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            direct.add(new HashSet<>());
            rank.add(patch);
        }
        Collections.shuffle(rank, random);
        while (direct.stream().filter(needs -> !needs.isEmpty()).count() < share * patches) {
            // Zipf: the first file is used twice as often as the second.
            int used = rank.get((int) Math.pow(patches, random.nextDouble()) - 1);
            int user = random.nextInt(patches);
            int kind = random.nextInt(5);
            if (user != used && kind != 0) {
                // A new symbol is used, or its new signature.
                direct.get(user).add(used);
            }
            if (user != used && kind < 2) {
                // A symbol goes that was used, or its old signature.
                direct.get(used).add(user);
            }
        }
        return Needs.of(direct);
    }

    boolean builds(List<Integer> patches) {
        return truth.closed(patches).equals(patches) && patches.stream().noneMatch(breaking::contains);
    }

    Needs truth() {
        return truth;
    }

    /** The run of some patches. */
    Seen run(List<Integer> patches) {
        if (!builds(patches)) {
            return Seen.red();
        }
        Set<String> failed = new TreeSet<>();
        Set<String> passed = new TreeSet<>();
        for (int test = 0; test < bad.size(); test++) {
            (patches.containsAll(bad.get(test)) ? failed : passed).add("test" + test);
        }
        return failed.isEmpty() ? Seen.green() : Seen.red(failed, passed);
    }

    /** How many patches a run of each alone would blame. */
    long blamedOneByOne() {
        BitSet all = new BitSet();
        all.set(0, truth.patches());
        return all.stream().filter(patch -> run(List.of(patch)).colour() == Seen.Colour.RED).count();
    }
}
