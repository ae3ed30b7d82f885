package dev.autosync.core.culprit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patch that makes the difference between a set that shows a symptom and one within it that does not, where many sets break before they
 * could show anything, as builds do that lack a half of a refactoring.
 *
 * <p>Runs are made of sets between both, and each that could be built takes the place of one of them. Of all such sets the one is run that halves the
 * difference best for the chance that it can be built; at first that is nearly all patches but a few. Source: Zeller and Hildebrandt, "Simplifying
 * and Isolating Failure-Inducing Input", TSE 28(2), 2002, algorithm dd, whose granularity is chosen here by what is believed of {@linkplain
 * HiddenNeeds hidden needs}.
 *
 * <p>That a symptom does not show is believed at once; that it shows is repeated at the end as far as tests fail by chance. Cost: log2 of the
 * difference in runs where everything can be built; where a third of 36 patches cannot without others, about 24. Deterministic. Not safe to share
 * between threads.
 */
public final class Narrowing {
    /** A set less likely to be built is not tried. */
    private static final double LEAST_CHANCE = 0.02;

    /** As in a release of a library, of whose changed files a third cannot be built without others. */
    static final double MEAN_NEEDS = 0.4;

    /** Of so few patches every set is tried. */
    private static final int ALL_SETS = 3;

    private final Symptom symptom;
    private final Needs needs;
    private final HiddenNeeds hidden;
    private final int mostRuns;
    private final int repeats;
    private final double falseRed;
    private final Map<BitSet, Integer> tries = new HashMap<>();
    /** Sets that show it, each within the one below it. */
    private final Deque<Sighting> showing = new ArrayDeque<>();
    private BitSet absent;
    private int runs;
    private @Nullable Result result;

    /** How it ended. */
    public enum End {
        /** The patch is known, or the unit of patches that cannot be built without each other. */
        FOUND,
        /** It is one of several which no run tells apart. */
        UNPROVEN,
        /** The set that has shown the symptom does not any more. */
        CONTRADICTED
    }

    /**
     * What was found.
     *
     * @param patches that make the difference, ascending
     * @param with a run with them that shows the symptom
     * @param without the same without them, which does not
     * @param probability that the symptom did not show by chance, 0 to 1
     */
    public record Result(End end, List<Integer> patches, Ask with, Ask without, double probability) {
        /** Copies the patches. */
        public Result {
            patches = List.copyOf(patches);
        }
    }

    private static final class Sighting {
        private final BitSet set;
        private int times = 1;

        Sighting(BitSet set) {
            this.set = set;
        }
    }

    /**
     * A search between two sets.
     *
     * @param without patches that were built and do not show the symptom
     * @param with the same and more, which show it
     * @param hidden is told what every run says of needs
     * @param falseRed the chance that a good set shows the symptom, or breaks
     * @param error the most that the result may be wrong by, for example 0.01
     * @param mostRuns after so many it ends, 1 or more
     */
    Narrowing(Symptom symptom, Collection<Integer> without, Collection<Integer> with, Needs needs, HiddenNeeds hidden, double falseRed, double error,
            int mostRuns) {
        this.symptom = symptom;
        this.needs = needs;
        this.hidden = hidden;
        this.mostRuns = mostRuns;
        this.falseRed = Math.max(Rates.LEAST_FALSE_RED, falseRed);
        this.repeats = Math.max(1, (int) Math.ceil(Math.log(error) / Math.log(this.falseRed) - 1e-9));
        this.absent = Needs.bits(without);
        showing.push(new Sighting(Needs.bits(with)));
    }

    /** A search among all patches of a batch, of which nothing is known but that all together show the symptom, and none do not. */
    public static Narrowing of(Symptom symptom, Needs needs, double falseRed, double error, int mostRuns) {
        BitSet all = new BitSet();
        all.set(0, needs.patches());
        HiddenNeeds hidden = new HiddenNeeds(needs.patches(), MEAN_NEEDS, 0, falseRed);
        hidden.built(all);
        return new Narrowing(symptom, List.of(), all.stream().boxed().toList(), needs, hidden, falseRed, error, mostRuns);
    }

    Symptom symptom() {
        return symptom;
    }

    private Sighting last() {
        return showing.getFirst();
    }

    private BitSet between() {
        BitSet between = (BitSet) last().set.clone();
        between.andNot(absent);
        return between;
    }

    /** The next run; empty when it has ended. */
    public Optional<Ask> next() {
        if (result != null) {
            return Optional.empty();
        }
        BitSet between = between();
        Optional<BitSet> next = runs >= mostRuns ? Optional.empty() : between.cardinality() <= ALL_SETS ? ofFew(between) : ofMany(between);
        if (next.isEmpty() && runs < mostRuns && last().times < repeats) {
            next = Optional.of(last().set);
        }
        if (next.isEmpty()) {
            boolean known = runs < mostRuns && between.cardinality() <= ALL_SETS || between.cardinality() == 1 && last().times >= repeats;
            end(known ? End.FOUND : End.UNPROVEN);
        }
        return next.map(Narrowing::ask);
    }

    private Optional<BitSet> ofMany(BitSet between) {
        return new Cuts(needs, hidden, absent, last().set).best((set, built) -> {
            BitSet inside = (BitSet) set.clone();
            inside.and(between);
            return built < LEAST_CHANCE ? 0 : built * Entropy.of(inside.cardinality() / (double) between.cardinality());
        }, tries.keySet()).map(Cuts.Cut::set);
    }

    /** The likeliest to be built of all sets that were not tried often enough. */
    private Optional<BitSet> ofFew(BitSet between) {
        int[] patches = between.stream().toArray();
        BitSet best = null;
        double most = -1;
        for (int mask = 1; mask < (1 << patches.length) - 1; mask++) {
            BitSet set = (BitSet) absent.clone();
            for (int bit = 0; bit < patches.length; bit++) {
                set.set(patches[bit], (mask & 1 << bit) != 0);
            }
            if (needs.closed(set).equals(set) && tries.getOrDefault(set, 0) < repeats && hidden.chanceBuilt(set) > most) {
                most = hidden.chanceBuilt(set);
                best = set;
            }
        }
        return Optional.ofNullable(best);
    }

    /** What the run that was asked for has said. */
    public void answer(Ask ask, Seen seen) {
        if (seen.colour() != Seen.Colour.NONE) {
            runs++;
            take(Needs.bits(ask.patches()), symptom.in(seen));
        }
    }

    private void take(BitSet set, Symptom.Shown shown) {
        tries.merge(set, 1, Integer::sum);
        if (shown == Symptom.Shown.UNKNOWN) {
            hidden.broke(set);
            return;
        }
        hidden.built(set);
        boolean again = set.equals(last().set);
        if (shown == Symptom.Shown.ABSENT) {
            absent = set;
            if (again) {
                showing.pop();
            }
            if (showing.isEmpty()) {
                result = new Result(End.CONTRADICTED, List.of(), ask(set), ask(set), 0);
            }
        } else if (again) {
            last().times++;
        } else {
            showing.push(new Sighting(set));
        }
    }

    private void end(End end) {
        double chance = Math.pow(falseRed, last().times);
        result = new Result(end, between().stream().boxed().toList(), ask(last().set), ask(absent), 1 / (1 + chance));
    }

    private static Ask ask(BitSet set) {
        return Ask.all(set.stream().boxed().collect(Collectors.toCollection(ArrayList::new)));
    }

    /** What was found; empty until it has ended. */
    public Optional<Result> result() {
        return Optional.ofNullable(result);
    }
}
