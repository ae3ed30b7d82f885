package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Most patches that were taken out broke the same tests.
 *
 * <p>The history does not keep the files of a patch that did not land; the class of the tests that convict it is the place that is known.
 */
final class CulpritsInOnePlace implements ImprovementRule {
    static final String NAME = "culprits-in-one-place";

    /** The share of all culprits that one place must have. */
    static final double SHARE01 = 0.5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        Set<String> flaky = context.trends().flakyTests().stream().map(test -> place(test.id())).collect(Collectors.toSet());
        Map<String, Map<String, Long>> byPlace = new TreeMap<>(); // for each place its culprits, each with the last event that says so
        Map<String, Long> culprits = new LinkedHashMap<>();
        for (PastCycle cycle : PastCycle.recent(context)) {
            for (StoredEvent event : cycle.events("patch")) {
                Payload payload = Payload.of(event);
                if (payload.text("outcome").filter("blamed"::equals).isEmpty()) {
                    continue;
                }
                String patch = event.event().subject();
                culprits.put(patch, event.sequence());
                payload.texts("failures").forEach(test -> byPlace.computeIfAbsent(place(test), p -> new TreeMap<>())
                        .put(patch, event.sequence()));
            }
        }
        // A test that fails by chance convicts the innocent, wherever they are.
        byPlace.keySet().removeAll(flaky);
        return byPlace.entrySet().stream()
                .filter(place -> place.getValue().size() >= Math.max(PastCycle.REPEATED, SHARE01 * culprits.size()))
                .map(place -> suggestion(place.getKey(), place.getValue(), culprits.size())).toList();
    }

    private static Suggestion suggestion(String place, Map<String, Long> culprits, int all) {
        return Suggestion.of(NAME + ":" + place, "patches keep breaking " + place,
                "run these tests before a patch is handed in, and part the code under them so that changes to it stay small",
                ImpactScore.of(3, 3, 2, 3), List.of(Evidence.of(culprits.size() + " of " + all + " patches that were taken out of late broke it", culprits.values().stream().sorted().toList()))).watches("culprits");
    }

    /** The class of a test: what stands before the method. */
    private static String place(String test) {
        int method = test.indexOf('#');
        return method > 0 ? test.substring(0, method) : test;
    }
}
