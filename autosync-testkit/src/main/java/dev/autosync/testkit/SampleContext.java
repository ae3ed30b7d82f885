package dev.autosync.testkit;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.TrendReport;
import java.util.List;
import java.util.Objects;

/**
 * What a test lets an improvement rule look at.
 *
 * <p>Called by tests. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class SampleContext implements ImprovementContext {
    private final List<StoredEvent> history;
    private final TrendReport trends;
    private final String storeName;
    private final long storedEvents;

    private SampleContext(List<StoredEvent> history, TrendReport trends, String storeName, long storedEvents) {
        this.history = List.copyOf(history);
        this.trends = Objects.requireNonNull(trends, "trends");
        this.storeName = Objects.requireNonNull(storeName, "storeName");
        this.storedEvents = storedEvents;
    }

    /**
     * A context with a JSON store that holds a history and nothing else, and with no trends.
     *
     * @param history events in the order of their sequence numbers
     * @return the context
     */
    public static SampleContext of(List<StoredEvent> history) {
        return new SampleContext(history, TrendReport.none(), "json", history.size());
    }

    /**
     * The same with trends.
     *
     * @param report for example that of an analyzer, or {@link SampleTrends}
     * @return a new context
     */
    public SampleContext trends(TrendReport report) {
        return new SampleContext(history, report, storeName, storedEvents);
    }

    /**
     * The same with another store.
     *
     * @param name its plugin's name
     * @param events how many events it holds in all
     * @return a new context
     */
    public SampleContext store(String name, long events) {
        return new SampleContext(history, trends, name, events);
    }

    @Override
    public TrendReport trends() {
        return trends;
    }

    @Override
    public List<StoredEvent> history() {
        return history;
    }

    @Override
    public String storeName() {
        return storeName;
    }

    @Override
    public long storedEvents() {
        return storedEvents;
    }

    @Override
    public String toString() {
        return storeName + " with " + storedEvents + " events, " + history.size() + " of them in sight";
    }
}
