package dev.autosync.core.culprit;

/** What is believed of patches before their batch was tested. */
public interface Prior {
    /** The chance that there is a bad patch in a batch of which nothing is known. */
    double ANY_BAD = 0.3;

    /**
     * How seldom there are more: of batches with a bad patch 75 % have one, 17 % two, 5 % three, and 2 % four (a logarithmic distribution, whose parameter is
     * 1 / (1 + 1.18)). So d of n patches cost at most log2 C(n, d) + 1.5 d + 0.5 runs in the mean, for d up to 4 and n from 16 to 256.
     */
    double MORE_BAD = 1.18;

    /**
     * The chance that an undecided patch is bad, given that none of the undecided ones before it is.
     *
     * @param patch its place in the batch, from 0
     * @param before how many undecided ones are before it
     * @param bad how many patches were found bad so far
     * @param decided how many are decided so far
     */
    double hazard(int patch, int before, int bad, int decided);

    /** The same chance for each, known beforehand. */
    static Prior known(double chance) {
        return (patch, before, bad, decided) -> chance;
    }

    /** A chance for each, known beforehand. */
    static Prior known(double[] chances) {
        double[] own = chances.clone();
        return (patch, before, bad, decided) -> own[patch];
    }

    /**
     * Nothing is known of the batch: in three of ten there is a bad patch, of which none is likelier to be the first than another; where one was found
     * there are more, a chance that grows with each.
     *
     * @param patches how many there are
     */
    static Prior unknown(int patches) {
        return (patch, before, bad, decided) -> {
            double share = Math.min(patches - 1, before + decided) / (double) patches;
            return bad == 0 ? ANY_BAD / patches / (1 - ANY_BAD * share) : bad / (MORE_BAD * patches + decided + before);
        };
    }

    /**
     * One unknown chance for all, of which a Beta distribution is believed; what is found out about some tells of the others (Beta-Bernoulli).
     *
     * @param bad as if so many had been seen to be bad, above 0
     * @param good and so many good, above 0
     */
    static Prior beta(double bad, double good) {
        return (patch, before, badSoFar, decided) -> (bad + badSoFar) / (bad + good + decided + before);
    }
}
