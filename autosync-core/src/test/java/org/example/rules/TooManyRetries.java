package org.example.rules;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/** Cycles in which the tests were repeated five times or more. */
public final class TooManyRetries implements ImprovementRule {
    private static final double MANY = 5;
    private static final int CYCLES = 3;

    @Override
    public String name() {
        return "too-many-retries";
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<Long> cycles = context.history().stream()
                .filter(event -> event.event().kind().equals("cycle"))
                .filter(event -> event.event().numbers().getOrDefault("retries", 0.0) >= MANY)
                .map(StoredEvent::sequence).toList();
        if (cycles.size() < CYCLES) {
            return List.of();
        }
        Evidence evidence = Evidence.of(cycles.size() + " cycles repeated their tests at least 5 times", cycles);
        return List.of(Suggestion.of(name(), "the tests are repeated again and again", "mend the tests that fail by chance",
                ImpactScore.of(3, 3, 1, 4), List.of(evidence)).watches("retries"));
    }
}
