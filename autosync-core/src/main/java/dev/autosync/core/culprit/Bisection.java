package dev.autosync.core.culprit;

import java.util.List;

/** Halves a red batch until the first bad patch is found, takes it out, and begins again with the others. */
public final class Bisection extends SequentialSearch {
    /** The first so many of the open patches are good. */
    private int good;

    /** Among the first so many is a bad one; 0 while nobody knows of one. */
    private int bad;

    /** A search; the parameters are those of {@link AdaptiveSearch}. */
    public Bisection(Needs needs, Rates rates, double prior) {
        super(needs, rates, prior);
    }

    @Override
    List<Integer> question() {
        List<Integer> open = open();
        bad = Math.min(bad, open.size());
        good = Math.min(good, open.size());
        if (bad == 0) {
            return green(open) ? List.of() : open;
        }
        return open.subList(0, (good + bad + 1) / 2);
    }

    @Override
    void learned(List<Integer> patches, boolean red) {
        if (!red) {
            good = patches.size();
            bad = bad <= good ? 0 : bad;
        } else {
            bad = patches.size();
        }
        if (bad - good == 1) {
            convict(open().get(bad - 1));
            bad = 0;
        }
    }
}
