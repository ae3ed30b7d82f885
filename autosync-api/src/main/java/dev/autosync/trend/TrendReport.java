package dev.autosync.trend;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the history shows.
 *
 * <p>Made by analyzers. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface TrendReport {

    /**
     * How many cycles were looked at.
     *
     * @return 0 or more
     */
    int cycles();

    /**
     * The share of these cycles that ended green.
     *
     * @return 0 to 1; empty if there is no cycle
     */
    OptionalDouble successRate01();

    /**
     * How the series move.
     *
     * @return those of the engine first, then KPIs, then tests that failed
     */
    List<Trend> trends();

    /**
     * How a series moves.
     *
     * @param series its name
     * @return empty if there is no such series
     */
    default Optional<Trend> trend(String series) {
        return trends().stream().filter(trend -> trend.series().name().equals(series)).findFirst();
    }

    /**
     * The KPIs with their latest values, targets and weights.
     *
     * @return in the order of their names
     */
    List<Kpi> kpis();

    /**
     * The share of the weight of those KPIs that have a target that lies on those that have reached it.
     *
     * @return 0 to 1; empty if no KPI has a target and a weight
     */
    OptionalDouble kpiScore01();

    /**
     * The tests that contradicted themselves on the same content.
     *
     * @return those that fail most often first
     */
    List<FlakyTest> flakyTests();

    /**
     * What somebody should look at.
     *
     * @return the open alerts
     */
    List<Alert> alerts();

    /**
     * What a history without any event shows.
     *
     * @return the empty report
     */
    static TrendReport none() {
        return NoHistory.INSTANCE;
    }
}
