package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.Trend;
import java.util.List;
import java.util.Optional;

/** A figure misses its target cycle after cycle and does not come nearer. */
final class KpiOffTarget implements ImprovementRule {
    static final String NAME = "kpi-off-target";

    /** How many cycles in a row must miss it; a single bad value is what alerts are for. */
    static final int CYCLES = 5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<PastCycle> cycles = PastCycle.recent(context);
        return context.trends().kpis().stream().filter(kpi -> !kpi.met())
                .filter(kpi -> context.trends().trend(series(kpi)).filter(Trend::improving).isEmpty())
                .map(kpi -> suggestion(kpi, cycles)).flatMap(Optional::stream).toList();
    }

    private static Optional<Suggestion> suggestion(Kpi kpi, List<PastCycle> cycles) {
        List<StoredEvent> values = cycles.stream().flatMap(cycle -> cycle.event("kpi", kpi.name()).stream()).toList();
        List<StoredEvent> last = values.subList(Math.max(0, values.size() - CYCLES), values.size());
        if (last.size() < CYCLES || !last.stream().allMatch(value -> misses(kpi, value))) {
            return Optional.empty();
        }
        double target = kpi.target().orElseThrow();
        return Optional.of(Suggestion.of(NAME + ":" + kpi.name(), "the figure " + kpi.name() + " stays off its target",
                "choose patches by what they do to this figure, or set a target that can be reached", ImpactScore.of(3, 4, 2, 3),
                List.of(Evidence.of("missed its target of " + Figures.number(target) + kpi.unit() + " in the last " + CYCLES
                        + " cycles that had a value, with " + Figures.number(kpi.value()) + kpi.unit()
                        + " at last, and does not improve", last.stream().map(StoredEvent::sequence).toList()))).watches(series(kpi)));
    }

    /** By the target of today: whether an old one was met says nothing. */
    private static boolean misses(Kpi kpi, StoredEvent event) {
        Double value = event.event().numbers().get("value");
        double target = kpi.target().orElseThrow();
        return value != null && (kpi.direction() == Kpi.Direction.UP ? value < target : value > target);
    }

    private static String series(Kpi kpi) {
        return "kpi:" + kpi.name();
    }
}
