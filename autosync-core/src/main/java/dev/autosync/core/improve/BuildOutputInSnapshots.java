package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/** The tests write into the tree that they test, so that nobody can say which content a run was about. */
final class BuildOutputInSnapshots implements ImprovementRule {
    static final String NAME = "build-output-in-snapshots";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<PastCycle> cycles = PastCycle.recent(context);
        List<StoredEvent> unknown = cycles.stream()
                .flatMap(cycle -> cycle.events("test-run").stream().filter(BuildOutputInSnapshots::hasNoContent).limit(1)).toList();
        if (unknown.size() < PastCycle.OFTEN) {
            return List.of();
        }
        return List.of(Suggestion.of(NAME, "files change under the tests, so green content is not remembered and flaky tests are not found",
                "name what the build writes in snapshot.exclude", ImpactScore.of(4, 1, 1, 4), List.of(Evidence.of("in " + unknown.size()
                        + " of the last " + cycles.size() + " cycles the tests or somebody else wrote into the tree during the tests",
                        unknown.stream().map(StoredEvent::sequence).toList()))).watches("test-seconds"));
    }

    /** The content of a run is empty if files changed meanwhile. */
    private static boolean hasNoContent(StoredEvent run) {
        return Payload.of(run).text("content").filter(String::isEmpty).isPresent();
    }
}
