package dev.autosync.core.gate;

import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where patched trees are tested. For one thread, which closes it; nothing runs any more then. */
interface TestGround extends AutoCloseable {
    /** How often a suite is started that could not be run. */
    int TRIES = 3;

    /** How many trees can be tested side by side, 1 or more. */
    int places();

    /**
     * Begins to run the tests on a tree.
     *
     * @param key what the run is known by
     * @param asked what the run is asked for
     * @throws IllegalStateException if all places are taken
     */
    void begin(Object key, PatchedTree tree, Asked asked) throws InterruptedException;

    /** Waits for one of the runs that were begun, for the one that ends first if they run side by side. */
    Ended await() throws InterruptedException;

    /** Ends a run that was begun; nothing is known of it then. */
    void cancel(Object key);

    /**
     * A run that has ended.
     *
     * @param key what it was begun with
     */
    record Ended(Object key, TestRun run) {}

    /** Makes the workspace hold a tree. */
    void land(PatchedTree tree) throws InterruptedException;

    /** What the tests have changed, or may have, and what became of it, in the order of the paths. To be asked when the batch has landed. */
    List<TestChange> changes() throws InterruptedException;

    @Override
    void close();

    /** A run of a suite; one that could not be started is tried again a few times. */
    static TestRun run(TestSuite suite, TestContext context, int tries) throws InterruptedException {
        TestRun run = once(suite, context);
        for (int made = 1; made < tries && !run.verdict().evidence(); made++) {
            run = once(suite, context);
        }
        return run;
    }

    /** A run of a suite. A suite that throws could not be run. */
    private static TestRun once(TestSuite suite, TestContext context) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return consistent(Objects.requireNonNull(suite.run(context), "the suite answered nothing"));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            Logger log = LoggerFactory.getLogger(TestGround.class);
            log.warn("The test suite threw", e);
            return TestRun.of(Verdict.NOT_RUN, Untrusted.line("the suite threw " + e, 500), List.of(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** A run that says green beside failed tests is red, whoever wrote the suite. */
    private static TestRun consistent(TestRun run) {
        List<TestResult> failures = run.failures();
        return !run.green() || failures.isEmpty() ? run : TestRun.of(Verdict.RED, Untrusted.line("the suite says green, and "
                + failures.size() + " of its tests failed: " + failures.get(0).id(), 500), run.results(), run.duration())
                .output(run.output()).seeds(run.seeds());
    }
}
