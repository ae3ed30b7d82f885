package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Most patches that were taken out broke the same tests.
 *
 * <p>The place is the class of the tests that convict them. Where most of them touch one file, that is said as well.
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
    private static Map<String, Map<String, StoredEvent>> byPlace(List<StoredEvent> blamed) {
        Map<String, Map<String, StoredEvent>> places = new TreeMap<>();
        for (StoredEvent event : blamed) {
            Payload.of(event).texts("failures").forEach(test -> places.computeIfAbsent(place(test), place -> new TreeMap<>())
                    .put(event.event().subject(), event));
        }
        return places;
    }

    private static Suggestion suggestion(String place, Collection<StoredEvent> convictions, long all) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(convictions.size() + " of " + all + " patches that were taken out of late broke it", sequences(convictions)));
        byFile(convictions).entrySet().stream().filter(file -> file.getValue().size() >= Math.max(PastCycle.REPEATED, SHARE01 * convictions.size()))
                .max(Comparator.comparingInt(file -> file.getValue().size()))
                .ifPresent(file -> evidence.add(Evidence.of(file.getValue().size() + " of them touch " + file.getKey(), sequences(file.getValue()))));
        return Suggestion.of(NAME + ":" + place, "patches keep breaking " + place,
                "run these tests before a patch is handed in, and part the code under them so that changes to it stay small",
                ImpactScore.of(3, 3, 2, 3), evidence).watches("culprits");
    }

    private static Map<String, List<StoredEvent>> byFile(Collection<StoredEvent> convictions) {
        Map<String, List<StoredEvent>> files = new TreeMap<>();
        convictions.forEach(event -> Payload.of(event).texts("files").forEach(file -> files.computeIfAbsent(file, path -> new ArrayList<>()).add(event)));
        return files;
    }

    private static List<Long> sequences(Collection<StoredEvent> events) {
        return events.stream().map(StoredEvent::sequence).sorted().toList();
    }

    /** The class of a test: what stands before the method. */
    private static String place(String test) {
        int method = test.indexOf('#');
        return method > 0 ? test.substring(0, method) : test;
    }
}
