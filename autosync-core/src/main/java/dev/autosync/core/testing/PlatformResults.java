package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Turns what the JUnit Platform tells into results.
 *
 * <p>A container that fails (a class whose set-up threw, an engine) is a failed result of its own, and its tests that did not run are
 * skipped. Threads: safe, since engines may run tests side by side.
 */
final class PlatformResults implements TestExecutionListener {
    private static final int MOST_MESSAGE_CHARS = 2_000;

    private final ResultSet results;
    private final Map<UniqueId, Long> startedNanos = new ConcurrentHashMap<>();
    private final Map<UniqueId, String> running = new ConcurrentHashMap<>();
    private final Set<UniqueId> seen = ConcurrentHashMap.newKeySet();
    private final @Nullable Runnable endEarly;
    private volatile @Nullable TestPlan plan;
    private volatile boolean ended;

    /** @param endEarly lets no further test begin; what did not run because of it is not mentioned; null to run all */
    PlatformResults(ResultSet results, @Nullable Runnable endEarly) {
        this.results = results;
        this.endEarly = endEarly;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach(results::seed);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNanos.put(test.getUniqueIdObject(), System.nanoTime());
        if (test.isTest()) {
            running.put(test.getUniqueIdObject(), PlatformIds.of(test, plan));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (!ended && !skipTests(test, reason)) {
            add(test, Status.SKIPPED, reason);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        running.remove(test.getUniqueIdObject());
        String message = result.getThrowable().map(Failures::message).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    add(test, Status.PASSED, "");
                }
            }
            case ABORTED -> {
                if (test.isTest()) {
                    add(test, Status.SKIPPED, message);
                } else {
                    skipTests(test, message);
                }
            }
            case FAILED -> {
                add(test, Status.FAILED, message);
                if (test.isContainer()) {
                    skipTests(test, "did not run, since " + PlatformIds.of(test, plan) + " failed");
                }
                if (endEarly != null) {
                    ended = true;
                    endEarly.run();
                }
            }
        }
    }

    /** Whether the run was ended by a failure. */
    boolean ended() {
        return ended;
    }

    /** The ids of the tests that have begun and not ended. */
    List<String> running() {
        return new ArrayList<>(running.values());
    }

    /** Marks the tests below a container that have said nothing as skipped; false if there are none. */
    private boolean skipTests(TestIdentifier container, String reason) {
        TestPlan tests = plan;
        if (tests == null || !container.isContainer()) {
            return false;
        }
        boolean any = false;
        for (TestIdentifier test : tests.getDescendants(container)) {
            if (test.isTest() && !seen.contains(test.getUniqueIdObject())) {
                add(test, Status.SKIPPED, reason);
                any = true;
            }
        }
        return any;
    }

    private void add(TestIdentifier test, Status status, String message) {
        seen.add(test.getUniqueIdObject());
        Long started = startedNanos.remove(test.getUniqueIdObject());
        Duration duration = started == null ? Duration.ZERO : Durations.since(started);
        try {
            results.add(PlatformIds.of(test, plan), status, duration, Untrusted.line(message, MOST_MESSAGE_CHARS));
        } catch (ResultSet.TooManyResultsException e) {
            // The platform would log each, and go on. The run asks whether there were too many.
        }
    }
}
