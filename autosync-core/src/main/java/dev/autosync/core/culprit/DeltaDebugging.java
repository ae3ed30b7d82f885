package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the red batch smaller as long as it stays red, by its parts and by what is left without them, until no part can be left out: ddmin of Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002. Of the patches that are left, which are red together, the last one is taken out, and it
 * begins again with the others.
 */
public final class DeltaDebugging extends SequentialSearch {
    private List<Integer> red = List.of();
    private int parts = 2;
    private int part;

    /** A search; the parameters are those of {@link AdaptiveSearch}. */
    public DeltaDebugging(Needs needs, Rates rates, double prior) {
        super(needs, rates, prior);
    }

    @Override
    List<Integer> question() {
        if (!open().containsAll(red)) {
            begin(List.of());
        }
        if (red.isEmpty()) {
            return green(open()) ? List.of() : open();
        }
        while (part < 2 * parts) {
            List<Integer> smaller = closed(part < parts ? part(part) : without(part - parts));
            if (!smaller.isEmpty() && smaller.size() < red.size() && !green(smaller)) {
                return smaller;
            }
            part++;
        }
        if (parts < red.size()) {
            parts = Math.min(red.size(), 2 * parts);
            part = 0;
            return question();
        }
        convict(red.get(red.size() - 1));
        begin(List.of());
        return question();
    }

    private void begin(List<Integer> with) {
        red = with;
        parts = Math.min(2, with.size());
        part = 0;
    }

    private List<Integer> part(int number) {
        return red.subList(number * red.size() / parts, (number + 1) * red.size() / parts);
    }

    private List<Integer> without(int number) {
        List<Integer> rest = new ArrayList<>(red);
        rest.removeAll(part(number));
        return rest;
    }

    @Override
    void learned(List<Integer> patches, boolean isRed) {
        if (!isRed) {
            part++;
            return;
        }
        boolean complement = !red.isEmpty() && part >= parts;
        int before = parts;
        begin(patches);
        parts = complement ? Math.min(red.size(), Math.max(before - 1, 2)) : parts;
    }
}
