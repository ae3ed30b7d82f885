package dev.autosync.core.culprit;

import java.util.List;
import java.util.stream.Stream;

/** Tries one patch after the other on top of those that were good: a run for each. */
public final class OneByOne extends SequentialSearch {
    private List<Integer> good = List.of();
    private int next;

    /** A search; the parameters are those of {@link AdaptiveSearch}. */
    public OneByOne(Needs needs, Rates rates, double prior) {
        super(needs, rates, prior);
    }

    @Override
    List<Integer> question() {
        good = good.stream().filter(open()::contains).toList();
        return open().stream().filter(patch -> patch >= next).findFirst().map(patch -> Stream.concat(good.stream(), Stream.of(patch)).toList())
                .orElse(List.of());
    }

    @Override
    void learned(List<Integer> patches, boolean red) {
        int tried = patches.get(patches.size() - 1);
        next = tried + 1;
        if (red) {
            convict(tried);
        } else {
            good = patches;
        }
    }
}
