package dev.autosync.core.engine;

import dev.autosync.core.json.JsonSection;
import dev.autosync.improve.ImpactWeights;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is said about suggestions.
 *
 * @param weights how much the parts of a score count
 * @param adopted keys of suggestions that were acted on
 * @param dismissed keys of suggestions that are not wanted
 */
record ImproveSettings(ImpactWeights weights, Set<String> adopted, Set<String> dismissed) {

    /** What holds where nothing is said. */
    static ImproveSettings ofDefaults() {
        return new ImproveSettings(ImpactWeights.ofDefaults(), Set.of(), Set.of());
    }

    /** Reads the section {@code improve}. */
    static ImproveSettings read(JsonSection json) {
        ImpactWeights weights = json.section("weights").map(ImproveSettings::weights).orElse(ImpactWeights.ofDefaults());
        Set<String> adopted = new LinkedHashSet<>(json.strings("adopted"));
        Set<String> dismissed = new LinkedHashSet<>(json.strings("dismissed"));
        json.done();
        for (String key : adopted) {
            if (dismissed.contains(key)) {
                throw json.invalid("dismissed", "'" + key + "' stands under 'adopted' too; remove one");
            }
        }
        return new ImproveSettings(weights, adopted, dismissed);
    }

    private static ImpactWeights weights(JsonSection json) {
        ImpactWeights defaults = ImpactWeights.ofDefaults();
        double impact = json.number("impact").orElse(defaults.impact());
        double effort = json.number("effort").orElse(defaults.effort());
        double risk = json.number("risk").orElse(defaults.risk());
        double confidence = json.number("confidence").orElse(defaults.confidence());
        json.done();
        try {
            return ImpactWeights.of(impact, effort, risk, confidence);
        } catch (IllegalArgumentException e) {
            throw json.invalid("weights", String.valueOf(e.getMessage()));
        }
    }

    /** The same with what was said in code. */
    ImproveSettings with(Set<String> moreAdopted, Set<String> moreDismissed) {
        Set<String> allAdopted = new LinkedHashSet<>(adopted);
        allAdopted.removeAll(moreDismissed);
        allAdopted.addAll(moreAdopted);
        Set<String> allDismissed = new LinkedHashSet<>(dismissed);
        allDismissed.removeAll(moreAdopted);
        allDismissed.addAll(moreDismissed);
        return new ImproveSettings(weights, allAdopted, allDismissed);
    }

    /** The same with other weights. */
    ImproveSettings with(ImpactWeights other) {
        return new ImproveSettings(other, adopted, dismissed);
    }
}
