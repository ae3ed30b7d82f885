package dev.autosync.spi;

import dev.autosync.trend.TrendReport;
import java.util.List;

/**
 * What an improvement rule may look at.
 *
 * <p>Called by improvement rules. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public interface ImprovementContext {

    /**
     * Trends, flaky tests and alerts of the cycles that are looked at.
     *
     * @return the report
     */
    TrendReport trends();

    /**
     * The events of the cycles that are looked at.
     *
     * @return in the order of their sequence numbers
     */
    List<StoredEvent> history();

    /**
     * The kind of store that keeps the history.
     *
     * @return its plugin's name, for example {@code json}; empty for a store that was given as an object
     */
    String storeName();

    /**
     * How many events the store holds in all.
     *
     * @return 0 or more
     */
    long storedEvents();
}
