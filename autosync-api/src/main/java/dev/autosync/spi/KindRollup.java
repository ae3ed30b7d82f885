package dev.autosync.spi;

import java.util.Optional;

/**
 * One rollup of a store, and of what it is.
 *
 * @param kind the kind of its events
 * @param number the name of the number that it sums up; empty for the rollup that only counts the events of the kind
 * @param rollup the figures of an hour
 * @since 0.1.0
 */
public record KindRollup(String kind, Optional<String> number, Rollup rollup) {}
