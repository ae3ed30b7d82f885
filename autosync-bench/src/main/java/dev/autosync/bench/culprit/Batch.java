package dev.autosync.bench.culprit;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A batch some of whose patches are bad, and a suite that errs. Counts its runs, and keeps the truth. */
final class Batch implements Truth {
    private final int patches;
    private final BitSet bad;
    private final double falseRed;
    private final double shown;
    private final boolean together;
    private final SplittableRandom random;
    private int runs;
    private int rounds;

    /**
     * A batch.
     *
     * @param falseRed the chance of red without a bad patch
     * @param shown the chance that bad patches make a run red
     */
    Batch(int patches, BitSet bad, double falseRed, double shown, SplittableRandom random) {
        this(patches, bad, falseRed, shown, false, random);
    }

    /** A batch whose bad patches are bad only all together. */
    static Batch ofCombination(int patches, BitSet bad, double falseRed, SplittableRandom random) {
        return new Batch(patches, bad, falseRed, 1, true, random);
    }

    private Batch(int patches, BitSet bad, double falseRed, double shown, boolean together, SplittableRandom random) {
        this.patches = patches;
        this.bad = bad;
        this.falseRed = falseRed;
        this.shown = shown;
        this.together = together;
        this.random = random;
    }

    int patches() {
        return patches;
    }

    /** The places of its patches. */
    List<Integer> all() {
        return IntStream.range(0, patches).boxed().toList();
    }

    @Override
    public int bad() {
        return bad.cardinality();
    }

    @Override
    public boolean isBad(int patch) {
        return bad.get(patch);
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public double suites() {
        return runs;
    }

    /** Notes that so many runs were made by so many workers. */
    void sideBySide(int some, int workers) {
        rounds += (some + workers - 1) / workers;
    }

    /** Whether a run with some of the patches is red. */
    boolean red(List<Integer> some) {
        runs++;
        int badOnes = 0;
        for (int patch : some) {
            badOnes += bad.get(patch) ? 1 : 0;
        }
        return badOnes >= (together ? bad.cardinality() : 1) && random.nextDouble() < shown || random.nextDouble() < falseRed;
    }
}
