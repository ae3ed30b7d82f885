package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.List;

/** Cycles wait long for the workspace, because somebody holds it longer than the work with it takes. */
final class ClumsyLocking implements ImprovementRule {
    static final String NAME = "clumsy-locking";

    /** The share of a cycle that is spent waiting from which on the lock, not the work, sets the pace. */
    static final double LONG_SHARE = 0.2;

    /** A shorter wait nobody notices, however short the cycle. */
    static final double LONG_SECONDS = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<PastCycle> cycles = PastCycle.recent(context);
        List<PastCycle> waited = cycles.stream().filter(ClumsyLocking::waitedLong).toList();
        if (waited.size() < PastCycle.OFTEN) {
            return List.of();
        }
        String text = waited.size() + " of the last " + cycles.size() + " cycles waited for the workspace, "
                + Figures.seconds(Figures.median(waited.stream().map(ClumsyLocking::wait).toList())) + " or "
                + Figures.percent(Figures.median(waited.stream().map(ClumsyLocking::share).toList())) + " of the cycle (medians)";
        return List.of(Suggestion.of(NAME, "cycles wait long for the lock of the workspace",
                "hold locks in scopes as small as the work that needs them: build and prepare outside, enter to apply and test, leave",
                ImpactScore.of(4, 2, 2, 4), List.of(Evidence.of(text, PastCycle.ends(waited)))).watches("lock-wait-seconds"));
    }

    private static boolean waitedLong(PastCycle cycle) {
        return wait(cycle) >= LONG_SECONDS && share(cycle) >= LONG_SHARE;
    }

    private static double wait(PastCycle cycle) {
        return cycle.number("lockWaitSeconds");
    }

    private static double share(PastCycle cycle) {
        return wait(cycle) / Math.max(wait(cycle), cycle.number("seconds"));
    }
}
