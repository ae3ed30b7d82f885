package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A search that knows of a run only whether it was red. */
final class OneBit implements Search {
    private final AdaptiveSearch search;

    OneBit(int patches, double falseRed) {
        this.search = new AdaptiveSearch(patches, Prior.unknown(patches), Rates.known(falseRed, 1), AdaptiveSearch.Settings.ofDefaults(), null);
    }

    @Override
    public Optional<Ask> next() {
        return search.next().map(run -> {
            List<Integer> all = new ArrayList<>(search.landed());
            all.addAll(run.patches());
            return Ask.all(all.stream().sorted().toList());
        });
    }

    @Override
    public void answer(Ask ask, Seen seen) {
        if (seen.colour() != Seen.Colour.NONE) {
            search.answer(seen.colour() == Seen.Colour.RED);
        }
    }

    @Override
    public boolean tells(Ask ask) {
        return true;
    }

    @Override
    public void drop(Collection<Integer> patches) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Findings findings() {
        List<Findings.Conviction> convicted =
                search.convicted().stream().map(of -> new Findings.Conviction(of.patch(), of.probability(), Set.of())).toList();
        return new Findings(convicted, search.landed(), search.undecided(), Set.of());
    }
}
