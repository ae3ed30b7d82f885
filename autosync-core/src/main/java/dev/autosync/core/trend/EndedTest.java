package dev.autosync.core.trend;

import dev.autosync.history.RecordedTest;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;

/** How a test ended in a recorded run. */
record EndedTest(long sequence, String cycle, Instant at, String run, Ending ending, String content) implements RecordedTest {

    static RecordedTest of(String id, RecordedRun run) {
        StoredEvent stored = run.event();
        return new EndedTest(stored.sequence(), stored.event().cycle(), stored.event().at(), stored.event().subject(), ending(id, run),
                run.content());
    }

    private static Ending ending(String id, RecordedRun run) {
        if (run.failures().contains(id)) {
            return Ending.FAILED;
        }
        if (run.skipped().contains(id)) {
            return Ending.SKIPPED;
        }
        return run.judges() && run.complete() ? Ending.NOT_FAILED : Ending.UNKNOWN;
    }
}
