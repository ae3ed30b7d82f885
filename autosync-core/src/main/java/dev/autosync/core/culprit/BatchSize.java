package dev.autosync.core.culprit;

/**
 * How large batches had best be where every patch is bad by the same known chance. Larger ones share the run that lands them; past the best size a patch
 * costs hardly less and waits longer. Immutable.
 *
 * <p>Source of the expected runs: {@link NestedPlan} where no run errs. Where good patches are red by chance a run tells only the capacity of a Z-channel
 * ({@link Entropy#capacity}), which takes so many more of them, and the search is {@value #BEHIND} times behind that.
 *
 * <p>Cost: the cube of {@value #MOST}, some milliseconds.
 */
public final class BatchSize {
    /** No larger batch is looked at. */
    public static final int MOST = 256;

    /** From here on it is best to test singly: (3 - sqrt 5) / 2, Ungar, "The cutoff point for group testing", 1960. */
    public static final double SINGLY = (3 - Math.sqrt(5)) / 2;

    /** What costs so much more than the least is as good. */
    private static final double AS_GOOD = 1.05;

    /** Measured: with it the search takes 0.92 to 0.99 times as many runs as are expected, for batches of 8 to 64 ({@code BatchSizeTest}). */
    private static final double BEHIND = 1.1;

    private final NestedPlan plan;
    private final double bad;
    private final double falseRed;

    /**
     * Batches of patches.
     *
     * @param bad the chance that a patch is bad, above 0 and below 1
     * @param falseRed the chance that good patches are red, 0 or more and below 1
     */
    public BatchSize(double bad, double falseRed) {
        if (!(bad > 0 && bad < 1) || !(falseRed >= 0 && falseRed < 1)) {
            throw new IllegalArgumentException("bad must be above 0 and below 1, falseRed 0 or more and below 1, were " + bad + " and " + falseRed);
        }
        this.plan = new NestedPlan(MOST, bad);
        this.bad = bad;
        this.falseRed = falseRed;
    }

    /**
     * How many runs of the tests are expected until every patch of a batch is decided.
     *
     * @param patches how many there are, 1 to {@value #MOST}
     */
    public double runs(int patches) {
        double runs = plan.runs(patches);
        return falseRed == 0 ? runs : BEHIND * Math.max(1 / (1 - falseRed), runs / Entropy.capacity(falseRed));
    }

    /**
     * What a patch of a batch costs: its share of the runs, and that it waits until the others of its batch have come, half of them on average.
     *
     * @param patches how many there are, 1 to {@value #MOST}
     * @param run what a run of the tests costs, 0 or more
     * @param wait what it costs that one patch waits for the next one to come, in the same unit, 0 or more
     */
    public double costPerPatch(int patches, double run, double wait) {
        return runs(patches) / patches * run + (patches - 1) / 2.0 * wait;
    }

    /** The smallest size whose patches cost at most a twentieth more than they do in batches of the best one; the costs are those of {@link #costPerPatch}. */
    public int best(double run, double wait) {
        if (bad > SINGLY) {
            return 1;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int patches = 1; patches <= MOST; patches++) {
            least = Math.min(least, costPerPatch(patches, run, wait));
        }
        int best = 1;
        while (costPerPatch(best, run, wait) > AS_GOOD * least) {
            best++;
        }
        return best;
    }

    /** The best size where waiting costs nothing. */
    public int best() {
        return best(1, 0);
    }
}
