package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.Collection;
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
        List<StoredEvent> blamed = PastCycle.recent(context).stream().flatMap(cycle -> cycle.events("patch").stream())
                .filter(event -> Payload.of(event).text("outcome").filter("blamed"::equals).isPresent()).toList();
        long culprits = blamed.stream().map(event -> event.event().subject()).distinct().count();
        // A test that fails by chance convicts the innocent, wherever they are.
        Set<String> flaky = context.trends().flakyTests().stream().map(test -> place(test.id())).collect(Collectors.toSet());
        return byPlace(blamed).entrySet().stream().filter(place -> !flaky.contains(place.getKey()))
                .filter(place -> place.getValue().size() >= Math.max(PastCycle.REPEATED, SHARE01 * culprits))
                .map(place -> suggestion(place.getKey(), place.getValue().values(), culprits)).toList();
    }

    /** For each place its culprits, each with the last event that convicts it. */
    private static Map<String, Map<String, Long>> byPlace(List<StoredEvent> blamed) {
        Map<String, Map<String, Long>> places = new TreeMap<>();
        for (StoredEvent event : blamed) {
            Payload.of(event).texts("failures").forEach(test -> places.computeIfAbsent(place(test), place -> new TreeMap<>())
                    .put(event.event().subject(), event.sequence()));
        }
        return places;
    }

    private static Suggestion suggestion(String place, Collection<Long> events, long all) {
        return Suggestion.of(NAME + ":" + place, "patches keep breaking " + place,
                "run these tests before a patch is handed in, and part the code under them so that changes to it stay small",
                ImpactScore.of(3, 3, 2, 3), List.of(Evidence.of(events.size() + " of " + all
                        + " patches that were taken out of late broke it", events.stream().sorted().toList()))).watches("culprits");
    }

    /** The class of a test: what stands before the method. */
    private static String place(String test) {
        int method = test.indexOf('#');
        return method > 0 ? test.substring(0, method) : test;
    }
}
