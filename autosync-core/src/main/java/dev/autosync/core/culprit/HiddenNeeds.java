package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * What is believed of needs that nobody has declared, by which sets of patches could be built and tested and which broke before their tests.
 *
 * <p>A set that was built needs nothing outside it: that is proof for each pair. In one that broke, some patch of it needs one outside it; the chance
 * of each such pair grows, all the more the fewer there are. Pairs are taken as independent of each other, which they are not quite once a set broke:
 * what is believed decides which runs are made, never what is concluded.
 *
 * <p>A patch may also need what no patch brings: then it breaks every set. Cost: a decision is in proportion to the square of the patches, and to the
 * sets that broke. Not safe to share between threads.
 */
final class HiddenNeeds {
    private static final double ALMOST_CERTAIN = 0.999;

    private final int patches;
    private final double falseRed;
    private final double chance;
    private final double bad;
    /** For each patch those that it does not need. The last place stands for what no patch brings. */
    private final BitSet[] free;
    private final List<BitSet> broken = new ArrayList<>();
    private final double[][] costs;
    private boolean stale = true;

    /**
     * What is believed before any run.
     *
     * @param mean so many others a patch needs, as a rule
     * @param bad the chance that a patch breaks every set that it is in
     * @param falseRed the chance that a set breaks though nothing is missing
     */
    HiddenNeeds(int patches, double mean, double bad, double falseRed) {
        this.patches = patches;
        this.bad = bad;
        this.falseRed = falseRed;
        this.chance = Math.min(0.5, mean / Math.max(1, patches));
        this.free = new BitSet[patches];
        this.costs = new double[patches][patches + 1];
        for (int patch = 0; patch < patches; patch++) {
            free[patch] = new BitSet();
            free[patch].set(patch);
        }
    }

    /** A set that was built. */
    void built(BitSet set) {
        BitSet outside = outside(set);
        set.stream().forEach(patch -> free[patch].or(outside));
        stale = true;
    }

    /** A set that broke. */
    void broke(BitSet set) {
        broken.add((BitSet) set.clone());
        stale = true;
    }

    private BitSet outside(BitSet set) {
        BitSet outside = (BitSet) set.clone();
        outside.flip(0, patches + 1);
        return outside;
    }

    /** How unlikely it is that a patch does without another: the negative logarithm of the chance, by patch and other. */
    double[][] costs() {
        if (stale) {
            weigh();
            stale = false;
        }
        return costs;
    }

    /** The chance that a set can be built. */
    double chanceBuilt(BitSet set) {
        BitSet outside = outside(set);
        return Math.exp(-set.stream().mapToDouble(patch -> outside.stream().mapToDouble(other -> costs()[patch][other]).sum()).sum());
    }

    /** A set that broke, and for each patch of it those outside that it may need. */
    private record Broken(int[] patches, int[][] others, int pairs) {}

    private void weigh() {
        double[][] chances = new double[patches][patches + 1];
        for (int patch = 0; patch < patches; patch++) {
            for (int other = 0; other <= patches; other++) {
                chances[patch][other] = free[patch].get(other) ? 0 : other == patches ? bad : chance;
            }
        }
        // What few pairs can explain comes first, and explains more than itself.
        broken.stream().map(this::mayExplain).sorted(Comparator.comparingInt(Broken::pairs)).forEach(set -> explain(set, chances));
        for (int patch = 0; patch < patches; patch++) {
            for (int other = 0; other <= patches; other++) {
                costs[patch][other] = -Math.log1p(-chances[patch][other]);
            }
        }
    }

    private void explain(Broken set, double[][] chances) {
        double none = 1;
        for (int i = 0; i < set.patches().length; i++) {
            for (int other : set.others()[i]) {
                none *= 1 - chances[set.patches()[i]][other];
            }
        }
        double grows = 1 / (1 - none + none * falseRed);
        for (int i = 0; i < set.patches().length; i++) {
            double[] row = chances[set.patches()[i]];
            for (int other : set.others()[i]) {
                row[other] = Math.min(ALMOST_CERTAIN, row[other] * grows);
            }
        }
    }

    private Broken mayExplain(BitSet set) {
        BitSet outside = outside(set);
        int[] within = set.stream().toArray();
        int[][] others = new int[within.length][];
        int pairs = 0;
        for (int i = 0; i < within.length; i++) {
            BitSet open = (BitSet) outside.clone();
            open.andNot(free[within[i]]);
            others[i] = open.stream().toArray();
            pairs += others[i].length;
        }
        return new Broken(within, others, pairs);
    }
}
