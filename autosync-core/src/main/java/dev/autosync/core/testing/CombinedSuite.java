package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.CombinedTests;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Several suites as one, one after the other or side by side. Threads: immutable.
 */
public final class CombinedSuite implements CombinedTests {
    /** The most suites that run side by side. */
    public static final int MOST_THREADS = 64;


    private final Map<String, TestSuite> suites;
    private final boolean endsEarly;
    private final int threads;

    /** No suite yet. */
    public CombinedSuite() {
        this(Map.of(), false, 1);
    }

    private CombinedSuite(Map<String, TestSuite> suites, boolean endsEarly, int threads) {
        this.suites = suites;
        this.endsEarly = endsEarly;
        this.threads = threads;
    }

    @Override
    public CombinedSuite suite(String name, TestSuite suite) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("name must be 1 to 64 letters, digits, hyphens, dots and underscores, was '" + Untrusted.line(name, 80) + "'");
        }
        Map<String, TestSuite> all = new LinkedHashMap<>(suites);
        if (all.putIfAbsent(name, Objects.requireNonNull(suite, "suite")) != null) {
            throw new IllegalArgumentException("name must be unique, there is a suite '" + name + "'");
        }
        return new CombinedSuite(all, endsEarly, threads);
    }

    @Override
    public CombinedSuite endsEarly() {
        return new CombinedSuite(suites, true, threads);
    }

    @Override
    public CombinedSuite parallel(int most) {
        if (most < 1 || most > MOST_THREADS) {
            throw new IllegalArgumentException("most must be 1 to " + MOST_THREADS + ", was " + most);
        }
        return new CombinedSuite(suites, endsEarly, most);
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        long begun = System.nanoTime();
        if (Thread.interrupted()) {
            throw new InterruptedException("before the suites began");
        }
        Map<String, TestContext> asked = CombinedIds.contexts(suites.keySet(), context);
        Map<String, TestRun> runs = threads == 1 ? inOrder(context, asked)
                : new SideBySide(threads).run(asked.keySet(), name -> once(name, asked), run -> isLast(context, run));
        List<String> left = new ArrayList<>(suites.keySet());
        left.retainAll(asked.keySet());
        left.removeAll(runs.keySet());
        Map<String, TestRun> declared = new LinkedHashMap<>();
        for (String name : suites.keySet()) {
            TestRun run = runs.get(name);
            if (run != null) {
                declared.put(name, run);
            }
        }
        List<String> wanted = new ArrayList<>(context.only());
        wanted.removeAll(declared.keySet());
        return Wanted.judged(CombinedRun.of(declared, left, Durations.since(begun)), Set.copyOf(wanted));
    }

    private Map<String, TestRun> inOrder(TestContext context, Map<String, TestContext> asked) throws InterruptedException {
        Map<String, TestRun> runs = new LinkedHashMap<>();
        for (String name : asked.keySet()) {
            TestRun run = once(name, asked);
            if (Thread.interrupted()) {
                throw new InterruptedException("in or after the suite " + name);
            }
            runs.put(name, run);
            if (isLast(context, run)) {
                break;
            }
        }
        return runs;
    }

    private boolean isLast(TestContext context, TestRun run) {
        return endsEarly && !run.green() || context.endsAtFirstFailure() && run.verdict() == Verdict.RED;
    }

    /** A suite that throws has not been run; what the others say still counts. */
    private TestRun once(String name, Map<String, TestContext> asked) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            TestRun run = Objects.requireNonNull(suites.get(name)).run(Objects.requireNonNull(asked.get(name)));
            return Objects.requireNonNull(run, "no run");
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return TestRun.of(Verdict.NOT_RUN, Untrusted.line("the suite threw " + Failures.message(e), 500), List.of(), Durations.since(begun));
        }
    }

    @Override
    public boolean concurrent() {
        return suites.values().stream().allMatch(TestSuite::concurrent);
    }

    @Override
    public boolean selective() {
        return suites.values().stream().anyMatch(TestSuite::selective);
    }

    @Override
    public String fingerprint() {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, TestSuite> suite : suites.entrySet()) {
            String fingerprint = suite.getValue().fingerprint();
            if (fingerprint.isEmpty()) {
                return "";
            }
            all.add(suite.getKey());
            all.add(fingerprint);
        }
        return all.isEmpty() ? "" : "all " + Quoted.list(all);
    }

    @Override
    public String toString() {
        return "all " + suites.keySet();
    }
}
