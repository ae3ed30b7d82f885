package dev.autosync.core.trend;

import dev.autosync.spi.StoredEvent;
import java.util.Set;

/**
 * A run of the tests as the history has it.
 *
 * @param event its {@code test-run} event
 * @param judges whether its verdict says something about single tests: green or red
 * @param content the hash of what was tested; empty if it is not known
 * @param failures the tests that failed, as far as they were recorded
 * @param skipped the tests that were skipped, as far as they were recorded
 * @param complete whether all of both were recorded
 */
record RecordedRun(StoredEvent event, boolean judges, String content, Set<String> failures, Set<String> skipped, boolean complete) {

    /** A run of which nothing but its figures can be read. */
    static RecordedRun unreadable(StoredEvent event) {
        return new RecordedRun(event, false, "", Set.of(), Set.of(), false);
    }

    double seconds() {
        return event.event().numbers().getOrDefault("seconds", 0.0);
    }

    /** How many tests there were: runs of the same content that differ in it are not comparable. */
    double tests() {
        return event.event().numbers().getOrDefault("tests", 0.0);
    }
}
