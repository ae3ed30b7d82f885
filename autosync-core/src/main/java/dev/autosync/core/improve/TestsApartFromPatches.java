package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree is changed past the gate, and is red when the next cycle looks. */
final class TestsApartFromPatches implements ImprovementRule {
    static final String NAME = "tests-apart-from-patches";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<Long> events = new ArrayList<>();
        int times = 0;
        PastCycle green = null; // the last cycle, if it left the tree green
        List<PastCycle> cycles = PastCycle.recent(context);
        for (PastCycle cycle : cycles) {
            if (green != null && changedBetween(green, cycle) && startedRed(cycle)) {
                times++;
                events.add(green.sequence());
                cycle.event("test-run", "baseline").ifPresent(run -> events.add(run.sequence()));
            }
            green = next(green, cycle);
        }
        if (times < PastCycle.REPEATED) {
            return List.of();
        }
        return List.of(Suggestion.of(NAME, "the tree is changed past the tests: changes from outside turn it red between cycles",
                "bring changes in as patches, so that they are tested before they land", ImpactScore.of(5, 3, 3, 5),
                List.of(Evidence.of(times + " times in the last " + cycles.size() + " cycles a green tree was changed by others and the "
                        + "tests were red when the next cycle began", events))).watches("success"));
    }

    /** A cycle that failed says nothing of the tree: it was put back. */
    private static @Nullable PastCycle next(@Nullable PastCycle green, PastCycle cycle) {
        return switch (cycle.outcome()) {
            case "green" -> cycle;
            case "failed" -> green;
            default -> null;
        };
    }

    private static boolean changedBetween(PastCycle green, PastCycle cycle) {
        String left = Payload.of(green.end()).text("after").orElse("");
        String found = Payload.of(cycle.end()).text("before").orElse("");
        return !left.isEmpty() && !found.isEmpty() && !left.equals(found);
    }

    private static boolean startedRed(PastCycle cycle) {
        return cycle.event("test-run", "baseline").flatMap(run -> Payload.of(run).text("verdict")).filter("red"::equals).isPresent();
    }
}
