package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
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
    private static final int MOST_ID_CHARS = 1_000;
    private static final int MOST_MESSAGE_CHARS = 2_000;

    private final ResultSet results;
    private final Map<UniqueId, Long> startedNanos = new ConcurrentHashMap<>();
    private final Map<UniqueId, String> running = new ConcurrentHashMap<>();
    private final Set<UniqueId> seen = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TestPlan plan;

    PlatformResults(ResultSet results) {
        this.results = results;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNanos.put(test.getUniqueIdObject(), System.nanoTime());
        if (test.isTest()) {
            running.put(test.getUniqueIdObject(), id(test));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (!skipTests(test, reason)) {
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
                    skipTests(test, "did not run, since " + id(test) + " failed");
                }
            }
        }
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
        results.add(id(test), status, duration, Untrusted.line(message, MOST_MESSAGE_CHARS));
    }

    /*
     * Ids must be the same in the next run and in other processes. The platform's unique ids are, but nobody can read them. So: the class
     * and the method of the nearest test source, then the numbers of the invocations on the way, [2] or [1][3]. A test of an engine
     * that names no method keeps its unique id.
     */
    private String id(TestIdentifier test) {
        TestIdentifier next = test;
        for (int up = 0; next != null; up++) {
            Optional<TestSource> source = next.getSource();
            String name = source.map(PlatformResults::name).orElse("");
            String invocations = invocations(test.getUniqueIdObject());
            if (!name.isEmpty() && (up == 0 || !invocations.isEmpty() && source.get() instanceof MethodSource)) {
                return Untrusted.line(name + invocations, MOST_ID_CHARS);
            }
            TestPlan tests = plan;
            next = tests == null ? null : tests.getParent(next).orElse(null);
        }
        return Untrusted.line(test.getUniqueId(), MOST_ID_CHARS);
    }

    private static String name(TestSource source) {
        if (source instanceof MethodSource method) {
            String types = method.getMethodParameterTypes();
            return method.getClassName() + "#" + method.getMethodName() + (types == null || types.isEmpty() ? "" : "(" + types + ")");
        }
        return source instanceof ClassSource type ? type.getClassName() : "";
    }

    private static String invocations(UniqueId id) {
        StringBuilder numbers = new StringBuilder();
        for (UniqueId.Segment segment : id.getSegments()) {
            String value = segment.getValue();
            if (value.length() > 1 && value.startsWith("#") && value.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')) {
                numbers.append('[').append(value, 1, value.length()).append(']');
            }
        }
        return numbers.toString();
    }
}
