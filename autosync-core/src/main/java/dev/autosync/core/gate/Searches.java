package dev.autosync.core.gate;

import dev.autosync.core.culprit.AdaptiveSearch;
import dev.autosync.core.culprit.Bisection;
import dev.autosync.core.culprit.DeltaDebugging;
import dev.autosync.core.culprit.Inquiry;
import dev.autosync.core.culprit.Needs;
import dev.autosync.core.culprit.OneByOne;
import dev.autosync.core.culprit.Prior;
import dev.autosync.core.culprit.Rates;
import dev.autosync.core.culprit.Search;
import dev.autosync.core.culprit.SymptomSearch;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.BatchRun;
import dev.autosync.patch.FileEdit;
import dev.autosync.testing.CulpritSearch;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Begins searches by the strategy that was chosen, from what experience tells. */
final class Searches {
    /** The share of bad patches where nobody knows better. */
    private static final double BAD = 0.1;

    /** How often a test fails by chance that has failed and passed on one content. */
    private static final double FLAKY_FAILURE = 0.3;

    /** Fewer patches are decided as soon by runs of all tests. */
    private static final int WORTH_SELECTING = 5;

    /** With more failing tests than these a run is looked at as a whole. */
    private static final int MOST_SYMPTOMS = 10_000;

    /** So many runs may be made to find out who is bad with whom, and who lacks whom. */
    private static final int MOST_RUNS = 120;

    private final CulpritSearch settings;
    private final Experience experience;
    private final boolean selective;

    /**
     * Searches as somebody wants them.
     *
     * @param selective whether the suite can run some tests without the others
     */
    Searches(CulpritSearch settings, Experience experience, boolean selective) {
        this.settings = settings;
        this.experience = experience;
        this.selective = selective;
    }

    /**
     * The searches that are worth trying, each if the one before it has found nothing.
     *
     * @param patches the patches
     * @param needs which of them need which
     * @param all the run of all of them, which is red
     * @param flaky the tests that have failed and passed on the same content, now and later
     * @param workers how many runs can be made side by side
     */
    List<Search> of(List<PlannedPatch> patches, Needs needs, BatchRun all, Set<String> flaky, int workers) {
        int failures = all.run().failures().size();
        boolean named = failures > 0 && failures <= MOST_SYMPTOMS;
        if (settings.strategy() != CulpritSearch.Strategy.ADAPTIVE) {
            return List.of(byColour(patches, needs));
        }
        Search byColour = inquiry(needs, of -> byColour(patches, of));
        return named ? List.of(inquiry(needs, of -> bySymptoms(patches, of, flaky, workers)), byColour) : List.of(byColour);
    }

    private Search inquiry(Needs needs, Function<Needs, Search> search) {
        return new Inquiry(needs, search, experience.falseRed(), 1 - settings.confidence(), MOST_RUNS);
    }

    /** A search that sees which tests fail. */
    private Search bySymptoms(List<PlannedPatch> patches, Needs needs, Set<String> flaky, int workers) {
        List<Double> risks = patches.stream().map(patch -> risk(patch).orElse(Math.min(BAD, 1.0 / patches.size()))).toList();
        return new SymptomSearch(new SymptomSearch.Settings(needs, risks,
                test -> Math.max(experience.falseFailure(test), flaky.contains(test) ? FLAKY_FAILURE : 0), experience.falseRed(),
                selective && patches.size() >= WORTH_SELECTING, 1 - settings.confidence(), workers));
    }

    /** A search that sees no more of runs than whether they are red. */
    private Search byColour(List<PlannedPatch> patches, Needs needs) {
        Rates rates = new Rates(experience.falseRed(), 1, 1);
        double bad = patches.stream().mapToDouble(patch -> risk(patch).orElse(BAD)).average().orElse(BAD);
        return switch (settings.strategy()) {
            case ADAPTIVE -> new AdaptiveSearch(needs, prior(patches), List.of(rates),
                    AdaptiveSearch.Settings.ofDefaults().blameError(1 - settings.confidence()), null);
            case ONE_BY_ONE -> new OneByOne(needs, rates, bad);
            case BISECTION -> new Bisection(needs, rates, bad);
            case DELTA_DEBUGGING -> new DeltaDebugging(needs, rates, bad);
        };
    }

    private Prior prior(List<PlannedPatch> patches) {
        List<OptionalDouble> risks = patches.stream().map(this::risk).toList();
        return risks.stream().allMatch(OptionalDouble::isPresent) ? Prior.known(risks.stream().mapToDouble(OptionalDouble::getAsDouble).toArray())
                : Prior.unknown(patches.size());
    }

    private OptionalDouble risk(PlannedPatch patch) {
        return experience.risk(patch.patch(), patch.edits().stream().map(FileEdit::path).collect(Collectors.toSet()));
    }
}
