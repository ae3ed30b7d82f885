package dev.autosync.core.trend;

import dev.autosync.core.json.JsonSection;
import dev.autosync.spi.StoredEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    /** The engine records so many ids of tests in an event at most. */
    private static final int MOST_IDS = 200;

    /** A run as its event has it. */
    static RecordedRun of(StoredEvent event, Payloads payloads) {
        return payloads.read(event, payload -> of(event, payload)).orElseGet(() -> unreadable(event));
    }

    private static RecordedRun of(StoredEvent event, JsonSection payload) {
        String verdict = payload.requiredString("verdict");
        List<String> failures = payload.strings("failures");
        List<String> skipped = payload.strings("skipped");
        return new RecordedRun(event, verdict.equals("green") || verdict.equals("red"), payload.requiredString("content"),
                Set.copyOf(failures), Set.copyOf(skipped), all(failures, event.event().numbers().get("failed")) && all(skipped, null));
    }

    /** Whether a list has them all, by their number where that was recorded. */
    private static boolean all(List<String> ids, @Nullable Double number) {
        return number == null ? ids.size() < MOST_IDS : ids.size() == number;
    }

    /** A run of which nothing but its figures can be read. */
    private static RecordedRun unreadable(StoredEvent event) {
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
