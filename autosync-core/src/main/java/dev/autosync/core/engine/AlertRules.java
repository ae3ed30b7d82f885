package dev.autosync.core.engine;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.trend.AlertRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code alerts} of {@code dashboard_config.json}. */
final class AlertRules {
    private AlertRules() {}

    /** The rules; empty if nothing is said about alerts, which is not the same as an empty list. */
    static Optional<List<AlertRule>> read(JsonSection dashboard) {
        if (dashboard.value("alerts").isEmpty()) {
            return Optional.empty();
        }
        List<AlertRule> rules = new ArrayList<>();
        dashboard.elements("alerts").forEach(node -> rules.add(rule(node)));
        return Optional.of(rules);
    }

    private static AlertRule rule(JsonNode node) {
        JsonSection json = JsonSection.of(node);
        String series = json.requiredString("series");
        Optional<Double> below = json.number("below");
        Optional<Double> above = json.number("above");
        Optional<Double> worsening = json.number("worsening");
        json.done();
        if ((below.isPresent() ? 1 : 0) + (above.isPresent() ? 1 : 0) + (worsening.isPresent() ? 1 : 0) != 1) {
            throw json.invalid("series", "needs exactly one of 'below', 'above' and 'worsening' beside it");
        }
        if (worsening.isPresent() && !(worsening.get() > 0 && worsening.get() < 1)) {
            throw json.invalid("worsening", "must be a p-value, more than 0 and less than 1");
        }
        return below.map(value -> AlertRule.below(series, value))
                .or(() -> above.map(value -> AlertRule.above(series, value)))
                .orElseGet(() -> AlertRule.worsening(series, worsening.orElseThrow()));
    }
}
