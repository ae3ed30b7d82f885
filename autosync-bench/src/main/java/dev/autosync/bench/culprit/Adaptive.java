package dev.autosync.bench.culprit;

import dev.autosync.core.culprit.AdaptiveSearch;
import dev.autosync.core.culprit.NestedPlan;
import dev.autosync.core.culprit.Prior;
import dev.autosync.core.culprit.Rates;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ours.
 *
 * @param plan the best plan, where there is one
 */
record Adaptive(Prior prior, List<Rates> rates, @Nullable NestedPlan plan) implements Searcher {

    @Override
    public Decisions search(Batch batch) {
        AdaptiveSearch search = new AdaptiveSearch(batch.patches(), prior, rates, AdaptiveSearch.Settings.ofDefaults(), plan);
        for (Optional<AdaptiveSearch.Run> run = search.next(); run.isPresent(); run = search.next()) {
            search.answer(batch.red(run.get().patches()));
        }
        return new Decisions(search.convicted().stream().map(AdaptiveSearch.Conviction::patch).toList(), search.landed());
    }
}
