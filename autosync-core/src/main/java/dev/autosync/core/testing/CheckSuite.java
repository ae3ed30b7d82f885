package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.CheckTests;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A suite of functions, which run one after the other, on the caller's thread unless their time is limited. Threads: immutable.
 */
public final class CheckSuite implements CheckTests {
    private static final int MOST_NAME_CHARS = 400;
    private static final int MOST_MESSAGE_CHARS = 2_000;

    private final String name;
    private final Map<String, Check> checks;
    private final String version;
    private final @Nullable Duration timeout;

    /**
     * A suite without checks.
     *
     * @param name what the ids begin with
     * @throws IllegalArgumentException if the name is blank or too long
     */
    public CheckSuite(String name) {
        this(shown(name), Map.of(), "", null);
    }

    private CheckSuite(String name, Map<String, Check> checks, String version, @Nullable Duration timeout) {
        this.name = name;
        this.checks = checks;
        this.version = version;
        this.timeout = timeout;
    }

    @Override
    public CheckSuite check(String check, Check function) {
        Map<String, Check> all = new LinkedHashMap<>(checks);
        if (all.putIfAbsent(name + "#" + shown(check), Objects.requireNonNull(function, "check")) != null) {
            throw new IllegalArgumentException("name must be unique in the suite, there is a check '" + shown(check) + "'");
        }
        return new CheckSuite(name, all, version, timeout);
    }

    @Override
    public CheckSuite fingerprint(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("version must not be blank");
        }
        return new CheckSuite(name, checks, text, timeout);
    }

    @Override
    public CheckSuite timeout(Duration limit) {
        return new CheckSuite(name, checks, version, Durations.requirePositive(limit));
    }

    private static String shown(String name) {
        String shown = Untrusted.line(name, MOST_NAME_CHARS + 1);
        if (name.isBlank() || shown.length() > MOST_NAME_CHARS) {
            throw new IllegalArgumentException("name must not be blank and have at most " + MOST_NAME_CHARS + " characters, was '" + shown + "'");
        }
        return shown;
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        long begun = System.nanoTime();
        ResultSet results = new ResultSet();
        boolean endedEarly = false;
        List<String> ids = inOrder(context);
        for (int i = 0; i < ids.size() && !endedEarly; i++) {
            Ended ended = run(ids.get(i), context, results);
            if (ended == Ended.ABANDONED) {
                return TestRun.of(Verdict.RED, Untrusted.line(ids.get(i) + " did not end in " + timeout + ", nor when it was interrupted, and was abandoned",
                        MOST_MESSAGE_CHARS), results.list(), Durations.since(begun)).incomplete();
            }
            endedEarly = ended == Ended.FAILED && context.endsAtFirstFailure() && i + 1 < ids.size();
        }
        endIfInterrupted();
        TestRun run = ResultVerdict.of(results.list(), checks.isEmpty() ? "The suite " + name + " has no check" : "None of the checks that were asked for is one"
                + " of the suite " + name, context.only(), endedEarly, Durations.since(begun));
        return endedEarly ? run.incomplete() : run;
    }

    private List<String> inOrder(TestContext context) {
        Set<String> ids = new LinkedHashSet<>(context.first());
        ids.retainAll(checks.keySet());
        ids.addAll(checks.keySet());
        ids.removeIf(id -> !context.only().isEmpty() && !context.only().contains(id));
        return List.copyOf(ids);
    }

    private enum Ended { PASSED, FAILED, ABANDONED }

    private Ended run(String id, TestContext context, ResultSet results) throws InterruptedException {
        endIfInterrupted();
        long begun = System.nanoTime();
        Status status = Status.PASSED;
        String message = "";
        boolean abandoned = false;
        try {
            CheckThread late = run(Objects.requireNonNull(checks.get(id)), context);
            if (late != null) {
                status = Status.FAILED;
                message = "did not end in " + timeout;
                abandoned = late.abandoned();
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            status = Status.FAILED;
            message = Failures.message(e);
        }
        endIfInterrupted(); // what an interrupted check says is no evidence
        results.add(id, status, Durations.since(begun), Untrusted.line(message, MOST_MESSAGE_CHARS));
        return abandoned ? Ended.ABANDONED : status == Status.PASSED ? Ended.PASSED : Ended.FAILED;
    }

    /** The check if its time was up; null if it has ended. */
    private @Nullable CheckThread run(Check check, TestContext context) throws Exception {
        Duration limit = timeout;
        if (limit == null) {
            check.run(context);
            return null;
        }
        CheckThread thread = new CheckThread(check, context);
        try {
            thread.run(limit);
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause();
            // An interrupt on the check's own thread is its own affair: nobody has called off the run.
            if (thrown instanceof Exception exception && !(thrown instanceof InterruptedException)) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw e;
        }
        return thread.late() ? thread : null;
    }

    private static void endIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("while checks ran");
        }
    }

    @Override
    public boolean selective() {
        return true;
    }

    @Override
    public String fingerprint() {
        return version.isEmpty() ? "" : "checks " + Quoted.list(List.copyOf(checks.keySet())) + " version=" + Quoted.list(List.of(version))
                + (timeout == null ? "" : " timeout=" + timeout);
    }

    @Override
    public String toString() {
        return "checks " + Quoted.list(List.copyOf(checks.keySet()));
    }
}
