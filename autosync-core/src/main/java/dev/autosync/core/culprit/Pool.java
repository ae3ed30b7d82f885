package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A set of patches for the next run, which grows and shrinks, and what its run would tell of all open symptoms beside the runs that are under way.
 *
 * <p>Bits of different symptoms are added up, as if they were independent. Whatever the runs under way will say, they part the explanations of a symptom into cells
 * of those that predict the same; what a pool tells beside them is what it tells within the cells.
 */
final class Pool {
    /** To leave the beginnings of the batch, which is how patches were written and tried, each patch must tell at least so many bits. */
    private static final double LEAST_GAIN = 2e-3;

    private static final int SWEEPS = 3;
    private static final double TIE = 1e-12;

    private final Closures needs;
    private final int[] universe;
    private final Part[] parts;
    private final BitSet in = new BitSet();
    private double bits;

    /**
     * An empty pool.
     *
     * @param universe the patches that it may have
     * @param symptoms those that are open, each once
     * @param falseFailures for each the chance that it fails by itself
     * @param pending the pools that are under way
     */
    Pool(Closures needs, BitSet universe, List<Breakers> symptoms, double[] falseFailures, List<BitSet> pending) {
        this.needs = needs;
        this.universe = universe.stream().toArray();
        this.parts = new Part[symptoms.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(symptoms.get(i), falseFailures[i], needs.patches(), pending);
            bits += parts[i].bits;
        }
    }

    /**
     * Becomes the pool that tells most among those near the beginning which tells most; of equal ones the beginning.
     *
     * @param barred which must not be run
     */
    void improve(boolean beginningsOnly, Predicate<BitSet> barred) {
        beginning(barred);
        boolean better = !beginningsOnly;
        for (int sweep = 0; better && sweep < SWEEPS; sweep++) {
            better = false;
            for (int patch : universe) {
                better |= flipIfBetter(patch);
            }
        }
        if (!beginningsOnly) {
            fill();
        }
        if (barred.test(in)) {
            beginning(barred);
        }
    }

    /** Takes in all that change nothing of what it tells: who was in a run without harm needs no other. */
    private void fill() {
        for (int patch : universe) {
            double before = bits;
            List<Integer> changed = include(patch);
            if (Math.abs(bits - before) > TIE) {
                changed.forEach(this::toggle);
            }
        }
    }

    private void beginning(Predicate<BitSet> barred) {
        of(new BitSet());
        double most = bits;
        int length = 0;
        for (int place = 0; place < universe.length; place++) {
            include(universe[place]);
            if (bits > most + TIE && !barred.test(in)) {
                most = bits;
                length = place + 1;
            }
        }
        for (int place = universe.length - 1; place >= length; place--) {
            exclude(universe[place]);
        }
    }

    private boolean flipIfBetter(int patch) {
        double before = bits;
        List<Integer> changed = in.get(patch) ? exclude(patch) : include(patch);
        if (bits > before + LEAST_GAIN * changed.size()) {
            return true;
        }
        changed.forEach(this::toggle);
        return false;
    }

    /** Takes in a patch, with what it needs; says what that was. */
    private List<Integer> include(int patch) {
        return toggle(needs.of(patch), false);
    }

    /** Takes out a patch, with what needs it; says what that was. */
    private List<Integer> exclude(int patch) {
        return toggle(needs.dependents(patch), true);
    }

    private List<Integer> toggle(BitSet patches, boolean those) {
        List<Integer> changed = new ArrayList<>(1);
        for (int patch = patches.nextSetBit(0); patch >= 0; patch = patches.nextSetBit(patch + 1)) {
            if (in.get(patch) == those) {
                toggle(patch);
                changed.add(patch);
            }
        }
        return changed;
    }

    private void toggle(int patch) {
        in.flip(patch);
        boolean added = in.get(patch);
        bits = 0;
        for (Part part : parts) {
            part.toggle(patch, added);
            bits += part.bits;
        }
    }

    /** The patches. */
    BitSet patches() {
        return (BitSet) in.clone();
    }

    /** What it tells, in bits. */
    double bits() {
        return bits;
    }

    /** Becomes a pool that is given. */
    Pool of(BitSet patches) {
        BitSet changed = (BitSet) patches.clone();
        changed.xor(in);
        changed.stream().forEach(this::toggle);
        return this;
    }

    /** What the pool tells of one symptom. */
    private static final class Part {
        private final Breakers symptom;
        private final double falseFailure;
        private final double noise;
        private final int[][] explanationsOf;
        private final int[] cellOf;
        private final byte[] hits;
        private final double[] mass;
        private final double[] hit;
        private final double[] bitsOf;
        private double bits;

        Part(Breakers symptom, double falseFailure, int patches, List<BitSet> pending) {
            this.symptom = symptom;
            this.falseFailure = falseFailure;
            this.noise = Entropy.of(falseFailure);
            this.hits = new byte[symptom.size()];
            this.cellOf = new int[symptom.size()];
            Map<Long, Integer> cells = new HashMap<>(Map.of(0L, 0));
            long[] predicted = new long[patches];
            for (int run = 0; run < Math.min(Long.SIZE, pending.size()); run++) {
                long bit = 1L << run;
                pending.get(run).stream().forEach(patch -> predicted[patch] |= bit);
            }
            int[] counts = new int[patches];
            for (int i = 0; i < hits.length; i++) {
                int second = symptom.second(i);
                long cell = predicted[symptom.first(i)] | (second >= 0 ? predicted[second] : 0);
                cellOf[i] = cells.computeIfAbsent(cell, key -> cells.size());
                counts[symptom.first(i)]++;
                if (second >= 0) {
                    counts[second]++;
                }
            }
            mass = new double[cells.size()];
            hit = new double[mass.length];
            bitsOf = new double[mass.length];
            mass[0] = symptom.none();
            explanationsOf = new int[patches][];
            for (int patch = 0; patch < patches; patch++) {
                explanationsOf[patch] = new int[counts[patch]];
            }
            Arrays.fill(counts, 0);
            for (int i = 0; i < hits.length; i++) {
                mass[cellOf[i]] += symptom.weight(i);
                explanationsOf[symptom.first(i)][counts[symptom.first(i)]++] = i;
                if (symptom.second(i) >= 0) {
                    explanationsOf[symptom.second(i)][counts[symptom.second(i)]++] = i;
                }
            }
        }

        void toggle(int patch, boolean added) {
            if (explanationsOf[patch].length == 0) {
                return;
            }
            for (int explanation : explanationsOf[patch]) {
                hits[explanation] = (byte) (hits[explanation] + (added ? 1 : -1));
                if (hits[explanation] == (added ? 1 : 0)) {
                    hit[cellOf[explanation]] += added ? symptom.weight(explanation) : -symptom.weight(explanation);
                    if (mass.length > 1) {
                        update(cellOf[explanation]);
                    }
                }
            }
            if (mass.length == 1) {
                update(0);
            }
        }

        private void update(int cell) {
            bits -= bitsOf[cell];
            double p = Math.min(1, Math.max(0, hit[cell] / mass[cell]));
            bitsOf[cell] = mass[cell] <= 0 ? 0 : mass[cell] * (Entropy.of(p + (1 - p) * falseFailure) - (1 - p) * noise);
            bits += bitsOf[cell];
        }
    }
}
