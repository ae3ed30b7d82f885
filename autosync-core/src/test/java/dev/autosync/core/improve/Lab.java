package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.ImpactWeights;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.SampleHistory;
import dev.autosync.trend.TrendReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** An engine's memory without the engine: each cycle examines the history in a new object and appends what that answers. */
final class Lab {
    final SampleHistory history = new SampleHistory();
    private final Map<String, ImprovementRule> rules = new LinkedHashMap<>();
    private Set<String> adopted = Set.of();
    private Set<String> dismissed = Set.of();
    private TrendReport trends = TrendReport.none();
    private String storeName = "json";
    private long storedEvents;

    Lab rule(ImprovementRule rule) {
        rules.put(rule.name(), rule);
        return this;
    }

    /** A rule that finds its trouble, or not; it watches {@code seconds}. */
    Lab rule(String name, BooleanSupplier trouble) {
        return rule(new Switch(name, trouble, ImpactScore.of(3, 3, 3, 3)));
    }

    Lab rule(String name, ImpactScore score) {
        return rule(new Switch(name, () -> true, score));
    }

    Lab forgetRules() {
        rules.clear();
        return this;
    }

    Lab adopt(String... keys) {
        adopted = Set.of(keys);
        return this;
    }

    Lab dismiss(String... keys) {
        dismissed = Set.of(keys);
        return this;
    }

    Lab trends(TrendReport report) {
        trends = report;
        return this;
    }

    Lab store(String name, long events) {
        storeName = name;
        storedEvents = events;
        return this;
    }

    /** A cycle, whose events are appended. */
    Improvements.Result cycle() {
        history.cycle();
        Improvements.Result result = examine();
        history.events(result.events());
        return result;
    }

    /** A look at the history as it is. */
    Improvements.Result examine() {
        List<StoredEvent> lessons = history.events().stream()
                .filter(event -> Set.of("lesson", "feedback").contains(event.event().kind())).toList();
        return new Improvements(List.copyOf(rules.values()), ImpactWeights.ofDefaults(), adopted, dismissed).examine(
                history.context().trends(trends).store(storeName, storedEvents), lessons, history.lastCycle(), history.now().plusNanos(999));
    }

    static Suggestion suggestion(String key, ImpactScore score) {
        return Suggestion.of(key, "it is slow", "make it fast", score, List.of(Evidence.of("seen", List.of(1L))));
    }

    private record Switch(String name, BooleanSupplier trouble, ImpactScore score) implements ImprovementRule {
        @Override
        public List<Suggestion> examine(ImprovementContext context) {
            return trouble.getAsBoolean() ? List.of(suggestion(name, score).watches("seconds")) : List.of();
        }
    }
}
