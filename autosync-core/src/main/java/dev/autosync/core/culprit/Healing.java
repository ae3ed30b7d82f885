package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a patch needs though nobody has said so: the fewest others with which it does not show its symptom, as with the other half of a refactoring.
 *
 * <p>Begins with a set that has the patch and does not show it, and halves what may be left out of that. Cost: about log2(patches) + 1 runs if it needs one other.
 * Deterministic. Not safe to share between threads.
 */
public final class Healing {
    private static final double LEAST_CHANCE = 0.02;

    /** Others hardly need anything: where they do, that costs a few runs more. */
    private static final double MEAN_NEEDS = 0.01;

    /** Beyond this more than one other seems to be needed. */
    private static final double ONE = 1.1;

    private final int patch;
    private final Symptom symptom;
    private final Needs needs;
    private final HiddenNeeds hidden;
    private final int mostRuns;
    private final Set<BitSet> asked = new HashSet<>();
    private BitSet whole;
    private int runs;

    /**
     * A search for what a patch needs.
     *
     * @param patch its place in the batch
     * @param symptom how it shows that something is missing
     * @param healed patches with it that do not show it
     * @param needs what is known of needs
     * @param mostRuns after so many it ends, 1 or more
     */
    public Healing(int patch, Symptom symptom, Collection<Integer> healed, Needs needs, double falseRed, int mostRuns) {
        this.patch = patch;
        this.symptom = symptom;
        this.needs = needs;
        this.hidden = new HiddenNeeds(needs.patches(), MEAN_NEEDS, 0, falseRed);
        this.mostRuns = mostRuns;
        this.whole = Needs.bits(healed);
        hidden.built(whole);
        hidden.broke(alone());
        asked.add(alone());
    }

    private BitSet alone() {
        return needs.closed(Needs.bits(List.of(patch)));
    }

    /** The next run; empty when it has ended. */
    public Optional<Ask> next() {
        if (runs >= mostRuns) {
            return Optional.empty();
        }
        Optional<Cuts.Cut> best = new Cuts(needs, hidden, alone(), whole).best((set, built) -> {
            double heals = heals(set, built);
            return heals < LEAST_CHANCE ? 0 : Entropy.of(heals);
        }, asked);
        return best.map(cut -> Ask.all(cut.set().stream().boxed().toList()));
    }

    /** The chance that a set heals: most often one other is missing, of which the chances add up. */
    private double heals(BitSet set, double built) {
        double all = 0;
        double missing = 0;
        double unmet = 0;
        for (int other = 0; other < needs.patches(); other++) {
            double cost = hidden.costs()[patch][other];
            all += -Math.expm1(-cost);
            missing += set.get(other) ? 0 : -Math.expm1(-cost);
            unmet += set.get(other) ? 0 : cost;
        }
        return all > ONE ? built : built * Math.exp(unmet) * Math.max(0, 1 - missing);
    }

    /** Takes in a run: that was asked for, or was made before. */
    public void answer(Ask ask, Seen seen) {
        BitSet set = Needs.bits(ask.patches());
        runs += seen.colour() == Seen.Colour.NONE ? 0 : 1;
        if (!set.get(patch)) {
            return;
        }
        switch (symptom.in(seen)) {
            case SHOWN -> hidden.broke(set);
            case ABSENT -> {
                hidden.built(set);
                whole = set.cardinality() < whole.cardinality() ? set : whole;
            }
            case UNKNOWN -> { }
        }
        if (seen.colour() != Seen.Colour.NONE) {
            asked.add(set);
        }
    }

    /** The others that it needs, as far as is known: with them it does not show the symptom. Ascending. */
    public List<Integer> needed() {
        List<Integer> needed = new ArrayList<>(whole.stream().boxed().toList());
        needed.remove((Integer) patch);
        return needed;
    }
}
