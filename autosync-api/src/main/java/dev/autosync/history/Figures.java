package dev.autosync.history;

import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A figure of the history: each of its values, and what they come to by the hour or the day.
 *
 * <p>Made by {@link History}. Threads: immutable, safe to share.
 *
 * @since 0.1.0
 */
public interface Figures {

    /**
     * Each value.
     *
     * @return in the order in which they were recorded; read a page at a time, as {@link History} describes
     */
    Stream<RecordedFigure> values();

    /**
     * What the values come to.
     *
     * <p>Cost: what {@link Store#rollup} of the store costs. A KPI and a phase are subjects of events, which no store keeps rollups of: their events are read.
     *
     * @param resolution how long each piece of time is
     * @return a rollup for each piece that has values, in the order of time
     * @throws StoreException as {@link Store#rollup}
     */
    List<Rollup> per(Resolution resolution);

    /**
     * The question that {@link #per} puts to the store, to ask it of another one or to change it.
     *
     * @param resolution how long each piece of time is
     * @return the query
     */
    RollupQuery query(Resolution resolution);
}
