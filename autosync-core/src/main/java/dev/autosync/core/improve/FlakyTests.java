package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.trend.FlakyTest;
import java.util.List;

/** A test that fails by chance costs runs, and blames patches that have done nothing. */
final class FlakyTests implements ImprovementRule {
    static final String NAME = "flaky-tests";

    /** One failure may have been the machine. */
    static final int FEWEST_FAILURES = 2;

    /** At one failure in five, innocent patches are blamed some twenty times as often as at one in twenty. */
    static final double OFTEN01 = 0.2;

    /** Who has more of them needs no list. */
    static final int MOST = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        return context.trends().flakyTests().stream().filter(test -> test.failures() >= FEWEST_FAILURES).limit(MOST)
                .map(test -> suggestion(test, context)).toList();
    }

    private static Suggestion suggestion(FlakyTest test, ImprovementContext context) {
        String failures = "failures:" + test.id();
        return Suggestion.of(NAME + ":" + test.id(), "the test " + test.id() + " fails by chance",
                "make the test independent of time, order and chance, or take it out until it is",
                ImpactScore.of(test.failureRate01() >= OFTEN01 ? 5 : 3, 3, 1, 5),
                List.of(Evidence.of("failed in " + test.failures() + " of " + test.runs() + " runs on contents on which it also passed",
                        test.evidence()))).watches(context.trends().trend(failures).isPresent() ? failures : "retries");
    }
}
