package dev.autosync.core.culprit;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the largest set of patches that is green, from a green one on: what is left of a batch when its culprits are out, some of which the rest may need.
 *
 * <p>Runs the set that lands most for the chance that it can be built; ends when everything is green, when nothing more is likely to be, or when tests fail in a set
 * that was built, which is a matter for another search. Deterministic. Not safe to share between threads.
 */
final class Landing {
    private static final double LEAST_CHANCE = 0.1;

    /** So many of those that are left over are tried alone on top of what is green, though that is unlikely to be built. */
    private static final int MOST_LAST_TRIES = 8;

    private final Needs needs;
    private final HiddenNeeds hidden;
    private final BitSet wanted;
    private final Set<BitSet> asked = new HashSet<>();
    private final Deque<BitSet> first = new ArrayDeque<>();
    private BitSet green;
    private Optional<BitSet> red = Optional.empty();
    private int left;
    private int lastTries;

    /**
     * A search from one set to another.
     *
     * @param green a set that was green, or none
     * @param wanted the same and all others that may land
     * @param known sets that were run before
     * @param first sets to try before all others
     * @param mostRuns after so many it ends
     */
    Landing(BitSet green, BitSet wanted, Needs needs, HiddenNeeds hidden, Set<BitSet> known, List<BitSet> first,
            int mostRuns) {
        this.green = green;
        this.wanted = wanted;
        this.needs = needs;
        this.hidden = hidden;
        this.left = mostRuns;
        asked.addAll(known);
        this.first.addAll(first);
        this.first.removeAll(known);
    }

    Optional<BitSet> next() {
        if (red.isPresent() || left == 0 || green.equals(wanted)) {
            return Optional.empty();
        }
        if (!first.isEmpty()) {
            return Optional.of(first.getFirst());
        }
        double all = hidden.chanceBuilt(wanted);
        double most = asked.contains(wanted) || all < LEAST_CHANCE ? 0 : all * gain(wanted);
        Optional<BitSet> best = new Cuts(needs, hidden, green, wanted)
                .best((set, built) -> built >= LEAST_CHANCE && built * gain(set) > most ? built * gain(set) : 0, asked).map(Cuts.Cut::set);
        return best.isPresent() ? best : most > 0 ? Optional.of(wanted) : lastTry();
    }

    /** Beliefs of needs are too dark where many sets broke for few reasons: before a patch is left over it is seen once with all that is green. */
    private Optional<BitSet> lastTry() {
        BitSet over = (BitSet) wanted.clone();
        over.andNot(green);
        return lastTries++ >= MOST_LAST_TRIES ? Optional.empty() : over.stream().mapToObj(patch -> {
            BitSet set = needs.closed(Needs.bits(List.of(patch)));
            set.or(green);
            return set;
        }).filter(set -> Trials.holds(wanted, set) && !asked.contains(set)).max(Comparator.comparingDouble(hidden::chanceBuilt));
    }

    private int gain(BitSet set) {
        return set.cardinality() - green.cardinality();
    }

    void answer(BitSet set, Seen seen) {
        if (seen.colour() == Seen.Colour.NONE) {
            return;
        }
        left--;
        asked.add(set);
        first.remove(set);
        if (seen.colour() == Seen.Colour.GREEN) {
            lastTries = 0;
            hidden.built(set);
            green = set;
            first.clear();
        } else if (seen.failed().isEmpty()) {
            hidden.broke(set);
        } else {
            hidden.built(set);
            red = Optional.of(set);
        }
    }

    BitSet green() {
        return green;
    }

    /** A set in which tests fail. */
    Optional<BitSet> red() {
        return red;
    }
}
