package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The JSON store has no index, so what looks for a few events reads all of them. */
final class JsonStoreHasGrown implements ImprovementRule {
    static final String NAME = "json-store-has-grown";

    /** From here on each look for lessons or landed patches takes about a third of a second. */
    static final long MANY_EVENTS = 50_000;

    /** What a cycle may spend on its history before anybody minds. */
    static final double SLOW_SECONDS = 0.5;

    static final double GROWTH = 2;
    private static final int FEWEST_A_HALF = 10;
    private static final double LEVEL = 0.05;
    private static final Set<String> PHASES_WITH_HISTORY = Set.of("record", "analyse", "improve");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        if (!context.storeName().equals("json")) {
            return List.of();
        }
        List<Evidence> evidence = new ArrayList<>();
        if (context.storedEvents() >= MANY_EVENTS) {
            evidence.add(Evidence.of(String.format(Locale.ROOT, "the store holds %,d events", context.storedEvents()), last(context)));
        }
        growth(PastCycle.all(context)).ifPresent(evidence::add);
        return evidence.isEmpty() ? List.of() : List.of(Suggestion.of(NAME, "the JSON store has grown, and is read from end to end",
                "move the history to the SQLite store, which has an index: SyncEngine.moveStore(\"sqlite\") does it", ImpactScore.of(5, 3, 2, 5), evidence)
                .watches("cycle-seconds"));
    }

    @Override
    public boolean adopted(Suggestion suggestion, ImprovementContext context) {
        return context.storeName().equals("sqlite");
    }

    private static List<Long> last(ImprovementContext context) {
        List<StoredEvent> history = context.history();
        return history.isEmpty() ? List.of() : List.of(history.get(history.size() - 1).sequence());
    }

    /** Whether the later half of the cycles spends much more on the history than the earlier one. */
    private static Optional<Evidence> growth(List<PastCycle> cycles) {
        List<PastCycle> timed = cycles.stream().filter(cycle -> seconds(cycle) > 0).toList();
        int half = timed.size() / 2;
        if (half < FEWEST_A_HALF) {
            return Optional.empty();
        }
        List<PastCycle> later = timed.subList(timed.size() - half, timed.size());
        double[] before = timed.subList(0, half).stream().mapToDouble(JsonStoreHasGrown::seconds).toArray();
        double[] after = later.stream().mapToDouble(JsonStoreHasGrown::seconds).toArray();
        boolean grown = Figures.median(after) >= Math.max(SLOW_SECONDS, GROWTH * Figures.median(before))
                && Tails.normal(Math.max(0, RankSum.z(before, after))) <= LEVEL;
        return grown ? Optional.of(Evidence.of("a cycle spends " + Figures.seconds(Figures.median(after)) + " on its history, and spent "
                + Figures.seconds(Figures.median(before)) + " before (medians of " + half + " cycles each)", PastCycle.ends(later)))
                : Optional.empty();
    }

    private static double seconds(PastCycle cycle) {
        return cycle.events("phase").stream().filter(phase -> PHASES_WITH_HISTORY.contains(phase.event().subject()))
                .mapToDouble(phase -> phase.event().numbers().getOrDefault("seconds", 0.0)).sum();
    }
}
