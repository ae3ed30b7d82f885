package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many patches no longer fit the tree when their turn comes. */
final class StalePatches implements ImprovementRule {
    static final String NAME = "stale-patches";

    /** The share of patches that do not fit from which on it is no accident of single patches. */
    static final double SHARE01 = 0.25;

    private static final Set<String> STALE = Set.of("conflicted", "ambiguous");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        // A patch that is left lying is tried in every cycle; it counts once.
        Set<String> all = new HashSet<>();
        Map<String, Long> stale = new LinkedHashMap<>();
        List<PastCycle> cycles = PastCycle.recent(context);
        for (PastCycle cycle : cycles) {
            for (StoredEvent event : cycle.events("patch")) {
                Payload payload = Payload.of(event);
                String patch = event.event().subject() + " " + payload.text("checksum").orElse("");
                all.add(patch);
                if (payload.text("outcome").filter(STALE::contains).isPresent()) {
                    stale.put(patch, event.sequence());
                }
            }
        }
        if (stale.size() < PastCycle.OFTEN || stale.size() < SHARE01 * all.size()) {
            return List.of();
        }
        return List.of(Suggestion.of(NAME, "patches are stale when they arrive: the tree has moved on",
                "hand in smaller batches more often, and make patches from the tree as it stands", ImpactScore.of(3, 2, 1, 4),
                List.of(Evidence.of(stale.size() + " of " + all.size() + " patches of the last " + cycles.size()
                        + " cycles were conflicted or ambiguous", stale.values().stream().sorted().toList()))));
    }
}
