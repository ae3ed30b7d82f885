package dev.autosync.core.culprit;

/**
 * The best plan of runs of the first patches where every patch is bad by the same known chance and no run errs: Sobel and Groll, "Group testing to eliminate efficiently
 * all defectives in a binomial sample", 1959. Immutable. Cost: the cube of the number of patches.
 */
public final class NestedPlan {
    private final double[] fresh;
    private final int[] freshChoice;
    private final double[][] tainted;
    private final int[][] taintedChoice;

    /**
     * The plan.
     *
     * @param patches the most that there are, 1 or more
     * @param bad the chance that one is bad, above 0 and below 1
     */
    public NestedPlan(int patches, double bad) {
        fresh = new double[patches + 1];
        freshChoice = new int[patches + 1];
        tainted = new double[patches + 1][];
        taintedChoice = new int[patches + 1][];
        double[] good = new double[patches + 1];
        good[0] = 1;
        for (int n = 1; n <= patches; n++) {
            good[n] = good[n - 1] * (1 - bad);
        }
        for (int n = 1; n <= patches; n++) {
            planTainted(n, good);
            planFresh(n, good);
        }
    }

    /** What is expected where the first {@code m} of {@code n} patches hold a bad one; one run fewer of them is known by n. */
    private void planTainted(int n, double[] good) {
        tainted[n] = new double[n + 1];
        taintedChoice[n] = new int[n + 1];
        tainted[n][1] = fresh[n - 1];
        for (int m = 2; m <= n; m++) {
            double best = Double.POSITIVE_INFINITY;
            double someBad = 1 - good[m];
            for (int x = 1; x < m; x++) {
                double runs = 1 + (good[x] - good[m]) / someBad * tainted[n - x][m - x] + (1 - good[x]) / someBad * tainted[n][x];
                if (runs < best) {
                    best = runs;
                    taintedChoice[n][m] = x;
                }
            }
            tainted[n][m] = best;
        }
    }

    private void planFresh(int n, double[] good) {
        double best = Double.POSITIVE_INFINITY;
        for (int x = 1; x <= n; x++) {
            double runs = 1 + good[x] * fresh[n - x] + (1 - good[x]) * tainted[n][x];
            if (runs < best) {
                best = runs;
                freshChoice[n] = x;
            }
        }
        fresh[n] = best;
    }

    /** How many runs are expected for so many undecided patches. */
    public double runs(int undecided) {
        return fresh[undecided];
    }

    /**
     * How many of the first patches to run.
     *
     * @param undecided how many there are
     * @param tainted among how many of the first there is known to be a bad one; 0 if nothing is known. Of one it is known which
     */
    int choice(int undecided, int tainted) {
        return tainted == 0 ? freshChoice[undecided] : taintedChoice[undecided][tainted];
    }
}
