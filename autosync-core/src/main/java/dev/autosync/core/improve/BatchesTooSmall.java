package dev.autosync.core.improve;

import dev.autosync.core.culprit.BatchSize;
import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.experience.PatchRisks;
import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.List;

/** Patches come in batches that take far more runs of the tests a patch than larger ones would. Too large a batch takes hardly more of them than the best. */
final class BatchesTooSmall implements ImprovementRule {
    static final String NAME = "batch-size";

    /** How many times as many runs a patch must take as in the best batch: less is not worth waiting for other patches. */
    static final double FAR = 1.5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        PatchRisks risks = new PatchRisks();
        FalseReds falseReds = new FalseReds();
        context.history().forEach(event -> {
            risks.take(event);
            falseReds.take(event);
        });
        List<PastCycle> cycles = PastCycle.recent(context).stream().filter(cycle -> decided(cycle) > 0).toList();
        if (cycles.size() < PastCycle.OFTEN || risks.decided() < PatchRisks.FEWEST) {
            return List.of();
        }
        BatchSize sizes = new BatchSize(risks.share(), falseReds.falseRed());
        int best = sizes.best();
        int now = (int) Math.min(BatchSize.MOST, Math.round(Figures.median(cycles.stream().map(BatchesTooSmall::decided).toList())));
        if (perPatch(sizes, now) < FAR * perPatch(sizes, best)) {
            return List.of();
        }
        return List.of(Suggestion.of(NAME, "batches are so small that each patch takes many runs of the tests",
                "hand in about " + best + " patches at a time: collect them, or let cycles come less often", ImpactScore.of(4, 2, 2, 4), List.of(
                        Evidence.of("batches of " + now + " (median of " + cycles.size() + " cycles) are expected to take " + Figures.number(perPatch(sizes, now))
                                + " runs a patch, batches of " + best + " " + Figures.number(perPatch(sizes, best)) + ": " + risks.bad() + " of " + risks.decided()
                                + " patches were bad, " + falseReds.falseReds() + " of " + falseReds.goodRuns() + " runs of what is good were red",
                                PastCycle.ends(cycles)))).watches("runs-per-patch"));
    }

    private static double decided(PastCycle cycle) {
        return cycle.number("applied") + cycle.number("blamed");
    }

    private static double perPatch(BatchSize sizes, int patches) {
        return sizes.costPerPatch(patches, 1, 0);
    }
}
