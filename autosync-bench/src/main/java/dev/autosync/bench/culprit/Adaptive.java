package dev.autosync.bench.culprit;

import dev.autosync.core.culprit.AdaptiveSearch;
import dev.autosync.core.culprit.Ask;
import dev.autosync.core.culprit.Findings;
import dev.autosync.core.culprit.Findings.Conviction;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.NestedPlan;
import dev.autosync.core.culprit.Prior;
import dev.autosync.core.culprit.Rates;
import dev.autosync.core.culprit.Search;
import dev.autosync.core.culprit.Seen;
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
        Search search = new AdaptiveSearch(Needs.none(batch.patches()), prior, rates, AdaptiveSearch.Settings.ofDefaults(), plan);
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            search.answer(ask.get(), batch.red(ask.get().patches()) ? Seen.red() : Seen.green());
        }
        Findings findings = search.findings();
        return new Decisions(findings.convicted().stream().map(Conviction::patch).toList(), findings.green());
    }
}
