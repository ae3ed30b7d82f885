package dev.autosync.trend;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import java.util.List;

/**
 * Finds in the history how figures move, which tests are flaky, and what somebody should look at.
 *
 * <p>Called by embedding code, with an engine or without. The same history gives the same report, whatever the order in which it grew. A
 * history of no, one or only equal values is nothing special: what it cannot tell is {@link Trend.Movement#UNKNOWN} or
 * {@link Trend.Movement#STEADY}. Threads: safe to share. Cost: in proportion to the events of the cycles that are looked at, and to the square of
 * the number of cycles.
 *
 * @since 0.1.0
 */
public interface TrendAnalyzer {

    /**
     * Analyses events.
     *
     * @param history events in the order of their sequence numbers; only the latest cycles are looked at
     * @return what they show
     */
    TrendReport analyze(List<StoredEvent> history);

    /**
     * Reads the latest cycles of a store, and analyses them.
     *
     * @param store an open store
     * @return what they show
     * @throws StoreException if it cannot be read
     */
    TrendReport analyze(Store store);

    /**
     * An analyzer that needs no configuration: the last 200 cycles, a significance level of 0.05, and an alert for every series of 10 values or more
     * that worsens with a p-value of at most 0.01 divided by the number of series that could.
     *
     * @return the analyzer
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if {@code autosync-core} is missing
     */
    static TrendAnalyzer standard() {
        return builder().build();
    }

    /**
     * Configures an analyzer.
     *
     * @return a builder
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if {@code autosync-core} is missing
     */
    static Builder builder() {
        return Core.provider().trendAnalyzer();
    }

    /** Configures an analyzer. Not safe to share between threads. */
    interface Builder {

        /**
         * Sets how many cycles are looked at, the latest ones. Default: 200.
         *
         * @param count 1 to 2,000: an analysis needs 8 bytes for each pair of them
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        Builder cycles(int count);

        /**
         * Sets the p-value from which on a movement counts. Default: 0.05.
         *
         * @param level more than 0, less than 1
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        Builder significance(double level);

        /**
         * Sets what raises an alert, in place of the default ones.
         *
         * @param rules the rules; none for no alert at all
         * @return this
         */
        Builder alerts(List<AlertRule> rules);

        /**
         * Builds the analyzer.
         *
         * @return the analyzer
         */
        TrendAnalyzer build();
    }
}
