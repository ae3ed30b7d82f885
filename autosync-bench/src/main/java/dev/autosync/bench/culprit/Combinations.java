package dev.autosync.bench.culprit;

import dev.autosync.core.culprit.AdaptiveSearch;
import dev.autosync.core.culprit.Ask;
import dev.autosync.core.culprit.Combination;
import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.Prior;
import dev.autosync.core.culprit.Rates;
import dev.autosync.core.culprit.Search;
import dev.autosync.core.culprit.Seen;
import dev.autosync.core.culprit.Symptom;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Names the patches of batches that are bad only together. */
final class Combinations {
    private static final double ERROR = 0.01;
    private static final int MOST_RUNS = 200;

    private Combinations() {}

    /**
     * What was named.
     *
     * @param patches those that are bad, ascending
     * @param extra the runs that it took once one of them was convicted
     */
    record Named(List<Integer> patches, int extra) {}

    /** The means over many batches, and the share of them in which exactly the combination was named. */
    record Score(double runs, double extra, double found) {}

    /** Names the patches of a batch. */
    interface Namer {
        Named name(Batch batch);
    }

    static Score score(Namer namer, int patches, int size, double falseRed, int trials, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long runs = 0;
        long extra = 0;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            BitSet bad = new BitSet();
            while (bad.cardinality() < size) {
                bad.set(random.nextInt(patches));
            }
            Batch batch = Batch.ofCombination(patches, bad, falseRed, random.split());
            Named named = namer.name(batch);
            runs += batch.runs();
            extra += named.extra();
            found += named.patches().equals(bad.stream().boxed().toList()) ? 1 : 0;
        }
        return new Score(runs / (double) trials, extra / (double) trials, found / (double) trials);
    }

    /** Ours: a search that convicts the one that completes it, then with whom. */
    static Named adaptive(Batch batch, double falseRed) {
        Search search = new AdaptiveSearch(Needs.none(batch.patches()), Prior.unknown(batch.patches()), Rates.known(falseRed, 1),
                AdaptiveSearch.Settings.ofDefaults(), null);
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            search.answer(ask.get(), batch.red(ask.get().patches()) ? Seen.red() : Seen.green());
        }
        List<Conviction> found = search.findings().convicted();
        if (found.size() != 1) {
            return new Named(List.of(), 0);
        }
        int before = batch.runs();
        int convicted = found.get(0).patch();
        Combination combination = new Combination(convicted, Symptom.red(), IntStream.range(0, convicted).boxed().toList(), Needs.none(batch.patches()),
                Rates.known(falseRed, 1), ERROR, MOST_RUNS);
        for (Optional<Ask> ask = combination.next(); ask.isPresent(); ask = combination.next()) {
            combination.answer(ask.get(), batch.red(ask.get().patches()) ? Seen.red() : Seen.green());
        }
        return new Named(combination.result().map(Combination.Result::members).orElse(List.of()), batch.runs() - before);
    }
}
