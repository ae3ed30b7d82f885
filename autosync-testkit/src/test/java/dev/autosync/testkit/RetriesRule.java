package dev.autosync.testkit;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.List;

/** Many retries in a cycle, as an author's first rule might find them. */
class RetriesRule implements ImprovementRule {

    @Override
    public String name() {
        return "many-retries";
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<Long> events = context.history().stream()
                .filter(event -> event.event().kind().equals("cycle") && event.event().numbers().getOrDefault("retries", 0.0) >= 5)
                .map(event -> event.sequence()).toList();
        return events.size() < 3 ? List.of() : List.of(suggestion(name(), events));
    }

    static Suggestion suggestion(String key, List<Long> events) {
        return Suggestion.of(key, "tests are repeated often", "mend them", ImpactScore.of(3, 3, 1, 3),
                List.of(Evidence.of(events.size() + " cycles", events)));
    }
}
