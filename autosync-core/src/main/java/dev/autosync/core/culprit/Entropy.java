package dev.autosync.core.culprit;

/** Shannon's measures, in bits. */
public final class Entropy {
    private static final double LN2 = Math.log(2);

    private Entropy() {}

    /** The binary entropy of a probability: Shannon, "A Mathematical Theory of Communication", 1948, section 6. */
    public static double of(double p) {
        return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log1p(-p)) / LN2;
    }

    /**
     * How many bits a run of the tests tells at most if good patches are red by chance but bad ones never green: the capacity of a Z-channel.
     *
     * @param falseRed the chance of red on good patches, 0 or more and below 1
     */
    public static double capacity(double falseRed) {
        return falseRed == 0 ? 1 : Math.log1p((1 - falseRed) * Math.pow(falseRed, falseRed / (1 - falseRed))) / LN2;
    }

    /** How many bits tell one set of bad patches of a size from all others of that size. */
    public static double ofChoice(int n, int bad) {
        double bits = 0;
        for (int i = 0; i < bad; i++) {
            bits += Math.log((n - i) / (i + 1.0)) / LN2;
        }
        return bits;
    }
}
