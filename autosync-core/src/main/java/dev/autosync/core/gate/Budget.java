package dev.autosync.core.gate;

import dev.autosync.testing.CulpritSearch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a batch may still cost. */
final class Budget {
    private final CulpritSearch limits;
    private final LongSupplier nanos;
    private final long start;
    private int runs;
    private Duration tests = Duration.ZERO;

    /**
     * A budget whose time begins now.
     *
     * @param nanos as {@link System#nanoTime}
     */
    Budget(CulpritSearch limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** A run is begun. */
    void begin() {
        runs++;
    }

    /** A run has taken so long. */
    void took(Duration run) {
        tests = tests.plus(run);
    }

    /** What is used up, in words; empty if nothing is. */
    Optional<String> spent() {
        if (runs >= limits.mostRuns()) {
            return Optional.of("unproven: the budget of " + limits.mostRuns() + (limits.mostRuns() == 1 ? " run" : " runs") + " is used up");
        }
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        if (limits.mostTime().filter(most -> elapsed.compareTo(most) >= 0).isPresent()) {
            return Optional.of("unproven: the time of " + limits.mostTime().get() + " is used up");
        }
        if (limits.mostTestTime().filter(most -> tests.compareTo(most) >= 0).isPresent()) {
            return Optional.of("unproven: the time of " + limits.mostTestTime().get() + " for runs of the tests is used up");
        }
        return Optional.empty();
    }
}
