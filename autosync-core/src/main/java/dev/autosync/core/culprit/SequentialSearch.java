package dev.autosync.core.culprit;

import dev.autosync.core.culprit.Findings.Conviction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What searches have in common that make one run after the other and believe each. */
abstract class SequentialSearch implements Search {
    private final Needs needs;
    private final Rates rates;
    private final double prior;
    private final TreeSet<Integer> open = new TreeSet<>();
    private final List<Conviction> convicted = new ArrayList<>();
    private final Set<List<Integer>> green = new LinkedHashSet<>();
    private @Nullable Ask asked;

    /**
     * A search.
     *
     * @param needs the patches
     * @param rates what is thought of the tests; changes no decision, only the probability that is named
     * @param prior the chance that a patch is bad, above 0 and below 1
     */
    SequentialSearch(Needs needs, Rates rates, double prior) {
        this.needs = needs;
        this.rates = rates;
        this.prior = prior;
        IntStream.range(0, needs.patches()).forEach(open::add);
    }

    /** The patches to run next; empty when there is nothing left to ask. */
    abstract List<Integer> question();

    /** Draws the conclusion from a run. */
    abstract void learned(List<Integer> patches, boolean red);

    /** Those that are neither convicted nor dropped, ascending. */
    final List<Integer> open() {
        return List.copyOf(open);
    }

    /** Whether all of some patches have been in one green run of nothing else. */
    final boolean green(List<Integer> patches) {
        return green.contains(patches);
    }

    /** Some patches with all that they need, ascending. */
    final List<Integer> closed(Collection<Integer> patches) {
        TreeSet<Integer> all = new TreeSet<>(patches);
        patches.forEach(patch -> all.addAll(needs.of(patch)));
        return List.copyOf(all);
    }

    /** Convicts a patch on one red run with it and a green one without; what needs it goes too. */
    final void convict(int patch) {
        double red = prior * rates.red();
        convicted.add(new Conviction(patch, red / (red + (1 - prior) * rates.falseRed()), Set.of()));
        open.remove(patch);
        open.removeIf(other -> needs.of(other).contains(patch));
    }

    @Override
    public final Optional<Ask> next() {
        if (asked != null) {
            return Optional.empty();
        }
        List<Integer> question = question();
        asked = question.isEmpty() ? null : Ask.all(question);
        return Optional.ofNullable(asked);
    }

    @Override
    public final void answer(Ask ask, Seen seen) {
        if (!ask.equals(asked)) {
            throw new IllegalArgumentException("no such run was asked for: " + ask);
        }
        asked = null;
        if (seen.colour() == Seen.Colour.NONE) {
            return;
        }
        boolean red = seen.colour() == Seen.Colour.RED;
        if (!red) {
            green.add(ask.patches());
        }
        learned(ask.patches(), red);
    }

    @Override
    public final boolean tells(Ask ask) {
        return ask.equals(asked);
    }

    @Override
    public final void drop(Collection<Integer> patches) {
        open.removeAll(patches);
    }

    @Override
    public final Findings findings() {
        Set<Integer> left = new HashSet<>(open);
        List<Integer> together = green.stream().filter(left::containsAll).max(Comparator.comparingInt(List::size)).orElse(List.of());
        return new Findings(convicted, together, open.stream().filter(patch -> !together.contains(patch)).toList(), Set.of());
    }
}
