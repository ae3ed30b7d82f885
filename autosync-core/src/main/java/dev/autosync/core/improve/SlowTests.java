package dev.autosync.core.improve;

import dev.autosync.improve.Evidence;
import dev.autosync.improve.ImpactScore;
import dev.autosync.improve.Suggestion;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.trend.Series;
import dev.autosync.trend.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tests take longer and longer, or take nearly all of cycles that are long. */
final class SlowTests implements ImprovementRule {
    static final String NAME = "slow-tests";

    /** How much the tests must have slowed down, of their median: less is not worth anybody's time. */
    static final double RISE01 = 0.25;

    /** A cycle of which nobody would wait for the end. */
    static final double LONG_SECONDS = 300;

    /** The share of a cycle from which on nothing but the tests could make it shorter. */
    static final double MOST_OF_IT01 = 0.8;

    private static final int FEWEST_CYCLES = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Suggestion> examine(ImprovementContext context) {
        List<Evidence> evidence = new ArrayList<>();
        context.trends().trend("test-seconds").flatMap(SlowTests::rise).ifPresent(evidence::add);
        mostOfLongCycles(PastCycle.recent(context)).ifPresent(evidence::add);
        return evidence.isEmpty() ? List.of() : List.of(Suggestion.of(NAME, "the tests are slow",
                "find the slowest tests in the reports; make them smaller, or run them side by side", ImpactScore.of(4, 3, 2, 4), evidence)
                .watches("test-seconds"));
    }

    private static Optional<Evidence> rise(Trend trend) {
        List<Series.Point> points = trend.series().points();
        if (!trend.worsening() || points.size() < FEWEST_CYCLES) {
            return Optional.empty();
        }
        Series.Point last = points.get(points.size() - 1);
        double median = Figures.median(points.stream().map(Series.Point::value).toList());
        double rise = trend.slopePerCycle() * (last.position() - points.get(0).position());
        return !(median > 0) || rise < RISE01 * median ? Optional.empty() : Optional.of(Evidence.of("the tests of a cycle took "
                + Figures.seconds(rise) + " longer after " + points.size() + " cycles, at a median of " + Figures.seconds(median)
                + " (p=" + Figures.number(trend.pValue()) + ")",
                points.subList(Math.max(0, points.size() - PastCycle.RECENT), points.size()).stream().map(Series.Point::sequence).toList()));
    }

    private static Optional<Evidence> mostOfLongCycles(List<PastCycle> cycles) {
        List<PastCycle> tested = cycles.stream().filter(cycle -> cycle.number("seconds") > 0 && tests(cycle) > 0).toList();
        if (tested.size() < FEWEST_CYCLES) {
            return Optional.empty();
        }
        double seconds = Figures.median(tested.stream().map(cycle -> cycle.number("seconds")).toList());
        double share = Figures.median(tested.stream().map(cycle -> tests(cycle) / cycle.number("seconds")).toList());
        return seconds < LONG_SECONDS || share < MOST_OF_IT01 ? Optional.empty() : Optional.of(Evidence.of("a cycle takes "
                + Figures.seconds(seconds) + ", " + Figures.percent(share) + " of it the tests (medians of " + tested.size() + " cycles)",
                PastCycle.ends(tested)));
    }

    private static double tests(PastCycle cycle) {
        return cycle.sum("test-run", "seconds");
    }
}
