package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cycles fail again and again for the same reason. */
final class FailingCycles implements ImprovementRule {
    static final String NAME = "failing-cycles";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        Map<String, List<PastCycle>> byCode = new TreeMap<>();
        List<PastCycle> cycles = PastCycle.recent(context);
        for (PastCycle cycle : cycles) {
            if (cycle.outcome().equals("failed")) {
                // Interrupting a cycle is somebody's will.
                Payload.of(cycle.end()).text("code").filter(code -> !code.isBlank() && !code.equals("interrupted"))
                        .ifPresent(code -> byCode.computeIfAbsent(code, c -> new ArrayList<>()).add(cycle));
            }
        }
        return byCode.entrySet().stream().filter(code -> code.getValue().size() >= PastCycle.REPEATED)
                .map(code -> suggestion(code.getKey(), code.getValue(), cycles.size())).toList();
    }

    private static Suggestion suggestion(String code, List<PastCycle> failed, int of) {
        String message = Payload.of(failed.get(failed.size() - 1).end()).text("message").orElse("");
        return Suggestion.of(NAME + ":" + code, "cycles keep failing with " + code, "do what docs/errors.md says under " + code,
                ImpactScore.of(4, 2, 1, 5), List.of(Evidence.of(failed.size() + " of the last " + of
                        + " cycles failed with it, the last one with: " + message, PastCycle.ends(failed)))).watches("success");
    }
}
