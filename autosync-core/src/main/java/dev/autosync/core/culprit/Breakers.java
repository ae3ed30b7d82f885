package dev.autosync.core.culprit;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What is believed of a failing test: one patch breaks it, or two do, or it fails falsely.
 *
 * <p>It depends on the set of what was seen alone, not on its order. Cost: in proportion to the square of the patches that may still break the test. Immutable.
 */
final class Breakers {
    /** What is left of a patch with which the test has passed. */
    private static final double LEAK = 1e-9;

    /** How likely two breakers are beside one, and that a patch which has broken other tests breaks this one too if it has a breaker. */
    private static final double PAIR = 0.1;

    /** Explanations that are less likely do not matter for what to ask. */
    private static final double NEGLIGIBLE = 1e-7;

    /** Where three or more break it: the chance that of the smallest run alone. */
    private static final double ALONE = 0.3;

    /** Powers beyond these are too small to be numbers. */
    private static final int MOST_LEAKS = 5;
    private static final int MOST_HALVINGS = 200;
    private static final int MOST_CHANCES = 20;

    private final double[] breaks;
    private final double none;
    private final int[] first;
    private final int[] second;
    private final double[] weights;
    private int size;

    /**
     * What was believed before the first run.
     *
     * @param risks for each patch how likely it is the breaker if there is one; they add up to 1
     * @param broken the chance that patches break the test
     * @param breaks the chance that a patch does which is known to be bad
     * @param falseFailure the chance that it fails although none does
     * @param unsteady the chance that it is one that fails in every other run
     * @param mostPairs up to how many pairs are looked at
     */
    record Prior(double[] risks, double broken, double breaks, double falseFailure, double unsteady, int mostPairs) {}

    /**
     * What is believed after some runs.
     *
     * @param evidence what the test has said, in runs of these trials
     * @param suspects who is known to be bad by other tests, and so may explain this one
     */
    Breakers(Prior prior, Trials.Evidence evidence, BitSet suspects, Trials trials) {
        int patches = prior.risks().length;
        Sightings seen = new Sightings(evidence, trials, patches);
        Cover cover = new Cover(seen, suspects, prior.falseFailure());
        int[] open = seen.open();
        int passes = evidence.passed().cardinality();
        double steady = Math.pow(1 - prior.falseFailure(), passes);
        int pairs = open.length * (open.length - 1) / 2 <= prior.mostPairs() ? open.length * (open.length - 1) / 2 : 0;
        first = new int[patches + pairs];
        second = new int[patches + pairs];
        weights = new double[patches + pairs];
        boolean explained = false;
        for (int patch = 0; patch < patches; patch++) {
            long missed = seen.runs() & ~seen.shows(patch);
            int passed = seen.passed(patch);
            double leak = passed == 0 ? steady : Math.pow(LEAK, Math.min(passed, MOST_LEAKS)) * Math.pow(1 - prior.falseFailure(), passes - passed);
            add(patch, -1, suspects.get(patch) ? 0 : prior.broken() * prior.risks()[patch] * cover.of(missed) * leak);
            explained |= passed == 0 && cover.explains(missed);
        }
        for (int i = 0; pairs > 0 && i < open.length; i++) {
            for (int j = i + 1; j < open.length && !suspects.get(open[i]); j++) {
                long missed = seen.runs() & ~(seen.shows(open[i]) | seen.shows(open[j]));
                add(open[i], open[j], suspects.get(open[j]) ? 0
                        : 2 * PAIR * prior.broken() * prior.risks()[open[i]] * prior.risks()[open[j]] * cover.of(missed) * steady);
                explained |= cover.explains(missed);
            }
        }
        if (!explained && open.length > 0) {
            narrow(prior, seen, cover, steady);
        }
        double unbroken = cover.of(seen.runs()) * steady * (cover.any() ? prior.breaks() / PAIR : 1)
                + prior.unsteady() * Math.pow(0.5, Math.min(MOST_HALVINGS, evidence.failed().cardinality() + passes));
        breaks = new double[patches];
        none = unbroken / normalise(unbroken);
    }

    /** Makes chances of the weights, and leaves out what does not matter. */
    private double normalise(double unbroken) {
        double all = unbroken;
        for (int i = 0; i < size; i++) {
            all += weights[i];
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            double share = weights[i] / all;
            breaks[first[i]] += share;
            if (second[i] >= 0) {
                breaks[second[i]] += share;
            }
            if (share > NEGLIGIBLE) {
                first[kept] = first[i];
                second[kept] = second[i];
                weights[kept++] = share;
            }
        }
        size = kept;
        return all;
    }

    /** Three or more break it: then one of those that are in the smallest run which has shown it, and any of the others. */
    private void narrow(Prior prior, Sightings seen, Cover cover, double steady) {
        int[] open = seen.open();
        long best = 0;
        int least = Integer.MAX_VALUE;
        for (long rest = seen.runs() & ~cover.mask(); rest != 0; rest &= rest - 1) {
            long run = Long.lowestOneBit(rest);
            int in = (int) Arrays.stream(open).filter(patch -> (seen.shows(patch) & run) != 0).count();
            if (in > 0 && (in < least || in == least && before(run, best, seen))) {
                least = in;
                best = run;
            }
        }
        int others = open.length - least;
        if (best == 0) {
            return;
        }
        boolean alone = others == 0 || least * (others + 1) > weights.length;
        double weight = prior.broken() * PAIR * PAIR * cover.of(seen.inexplicable()) * steady / least;
        size = 0;
        for (int patch : open) {
            if ((seen.shows(patch) & best) != 0) {
                add(patch, -1, weight * (alone ? 1 : ALONE));
                for (int other : open) {
                    if (!alone && (seen.shows(other) & best) == 0) {
                        add(patch, other, weight * (1 - ALONE) / others);
                    }
                }
            }
        }
    }

    /** Whether a run is the earlier one by the patches in which two differ; so the order in which they were made does not matter. */
    private static boolean before(long run, long other, Sightings seen) {
        for (int patch : seen.open()) {
            boolean in = (seen.shows(patch) & run) != 0;
            if (in != ((seen.shows(patch) & other) != 0)) {
                return in;
            }
        }
        return false;
    }

    private void add(int one, int other, double weight) {
        first[size] = one;
        second[size] = other;
        weights[size++] = weight;
    }

    /** The chance that a patch is a breaker of the test. */
    double breaks(int patch) {
        return breaks[patch];
    }

    /** The patch that most likely is one. */
    int likeliest() {
        int best = 0;
        for (int patch = 1; patch < breaks.length; patch++) {
            best = breaks[patch] > breaks[best] + 1e-12 ? patch : best;
        }
        return best;
    }

    /** The chance that no patch breaks it but those who are suspected already. */
    double none() {
        return none;
    }

    /** How many explanations matter. */
    int size() {
        return size;
    }

    int first(int explanation) {
        return first[explanation];
    }

    /** The other breaker; -1 if there is none. */
    int second(int explanation) {
        return second[explanation];
    }

    double weight(int explanation) {
        return weights[explanation];
    }

    /** The chance that patches break it of which one is among these. */
    double brokenBy(BitSet patches) {
        double sum = 0;
        for (int atom = 0; atom < size; atom++) {
            sum += patches.get(first[atom]) || second[atom] >= 0 && patches.get(second[atom]) ? weights[atom] : 0;
        }
        return sum;
    }

    /** Which failing runs of a test each patch was in, as bits, and in how many passing ones. */
    private static final class Sightings {
        private final long[] shows;
        private final int[] passed;
        private final int[] open;
        private final long runs;
        private final long explicable;

        Sightings(Trials.Evidence evidence, Trials trials, int patches) {
            int[] failed = latest(evidence.failed());
            shows = new long[patches];
            passed = new int[patches];
            runs = failed.length == Long.SIZE ? -1 : (1L << failed.length) - 1;
            long explicable = 0;
            for (int patch = 0; patch < patches; patch++) {
                BitSet runsOf = trials.runsOf(patch);
                for (int run = 0; run < failed.length; run++) {
                    shows[patch] |= runsOf.get(failed[run]) ? 1L << run : 0;
                }
                for (int run = evidence.passed().nextSetBit(0); run >= 0; run = evidence.passed().nextSetBit(run + 1)) {
                    passed[patch] += runsOf.get(run) ? 1 : 0;
                }
                explicable |= passed[patch] == 0 ? shows[patch] : 0;
            }
            int[] all = new int[patches];
            int count = 0;
            for (int patch = 0; patch < patches; patch++) {
                all[count] = patch;
                count += passed[patch] == 0 ? 1 : 0;
            }
            open = Arrays.copyOf(all, count);
            this.explicable = explicable;
        }

        /** As many as there are bits. */
        private static int[] latest(BitSet runs) {
            int[] latest = new int[Math.min(Long.SIZE, runs.cardinality())];
            for (int at = latest.length - 1, run = runs.previousSetBit(runs.length()); at >= 0; run = runs.previousSetBit(run - 1)) {
                latest[at--] = run;
            }
            return latest;
        }

        long runs() {
            return runs;
        }

        /** The runs in which each patch has passed at another time. */
        long inexplicable() {
            return runs & ~explicable;
        }

        long shows(int patch) {
            return shows[patch];
        }

        int passed(int patch) {
            return passed[patch];
        }

        /** The patches with which the test has never passed. */
        int[] open() {
            return open;
        }
    }

    /** What it takes to explain failures by suspects, or else by chance. */
    private static final class Cover {
        private final long[] masks;
        private final long mask;
        private final long inexplicable;
        private final double[] chances;

        Cover(Sightings seen, BitSet suspects, double falseFailure) {
            long[] found = new long[suspects.cardinality()];
            int count = 0;
            long all = 0;
            for (int patch = suspects.nextSetBit(0); patch >= 0; patch = suspects.nextSetBit(patch + 1)) {
                if (seen.passed(patch) == 0 && seen.shows(patch) != 0) {
                    found[count++] = seen.shows(patch);
                    all |= seen.shows(patch);
                }
            }
            masks = Arrays.copyOf(found, count);
            mask = all;
            inexplicable = seen.inexplicable();
            chances = new double[Long.bitCount(seen.runs()) + 1];
            chances[0] = 1;
            for (int failures = 1; failures < chances.length; failures++) {
                chances[failures] = failures > MOST_CHANCES ? chances[MOST_CHANCES] : chances[failures - 1] * falseFailure;
            }
        }

        long mask() {
            return mask;
        }

        boolean any() {
            return mask != 0;
        }

        /** Whether failures that patches missed need no chance. */
        boolean explains(long missed) {
            return (missed & ~mask & ~inexplicable) == 0;
        }

        /** How likely it is that failures came about without the patches that missed them. */
        double of(long missed) {
            double chance = chances[Long.bitCount(missed & ~mask)];
            for (long rest = missed & mask; rest != 0;) {
                long most = 0;
                for (long candidate : masks) {
                    most = Long.bitCount(candidate & rest) > Long.bitCount(most & rest) ? candidate : most;
                }
                rest &= ~most;
                chance *= PAIR;
            }
            return chance;
        }
    }
}
