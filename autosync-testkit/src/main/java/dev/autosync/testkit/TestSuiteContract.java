package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link TestSuite} must do.
 *
 * <p>Extended by authors of plugins: a subclass prepares a workspace whose tests pass and one in which a test fails, and is run by
 * JUnit Jupiter. The rules:
 *
 * <ul>
 *   <li>Tests that pass are {@link Verdict#GREEN}, with a result for each test and none failed.
 *   <li>A test that fails makes the run {@link Verdict#RED}, never an exception, and is named among the failures.
 *   <li>The tests have the same names in every run.
 *   <li>On an interrupted thread a run ends with an {@link InterruptedException}.
 *   <li>A run of some tests runs these at least, and is never green if one of them fails. A suite that is {@linkplain TestSuite#selective() selective} is not
 *       green either if it knows none of them.
 *   <li>A run that may end at the first failure is red if a test fails, and names it.
 *   <li>The fingerprint is one line or empty, the same for equal suites and after runs.
 * </ul>
 *
 * @since 0.1.0
 */
public abstract class TestSuiteContract {
    @TempDir
    Path workspace;

    /** For subclasses. */
    protected TestSuiteContract() {}

    /**
     * A suite whose tests pass.
     *
     * @param workspace an empty folder to be filled with what the suite needs; the same one may be given again
     * @return the suite
     * @throws IOException if the folder could not be filled
     */
    protected abstract TestSuite green(Path workspace) throws IOException;

    /**
     * A suite of which one test fails.
     *
     * @param workspace an empty folder to be filled with what the suite needs; the same one may be given again
     * @return the suite
     * @throws IOException if the folder could not be filled
     */
    protected abstract TestSuite red(Path workspace) throws IOException;

    /**
     * The test of {@link #red} that fails.
     *
     * @return its {@link TestResult#id}
     */
    protected abstract String failingTest();

    /**
     * Whether the suite knows what single tests say. True unless overridden. A suite that says false must not give results.
     *
     * @return true if it does
     */
    protected boolean namesTests() {
        return true;
    }

    @Test
    void isGreenWhenItsTestsPass() throws Exception {
        TestRun run = green(workspace).run(TestContext.of(workspace));
        assertEquals(Verdict.GREEN, run.verdict(), run.reason() + "\n" + run.output());
        assertTrue(run.green());
        assertEquals(List.of(), run.failures());
        assertEquals(namesTests(), !run.results().isEmpty(), "results of single tests: " + run.results());
        assertFalse(run.duration().isNegative());
    }

    @Test
    void isRedAndNamesTheTestThatFails() throws Exception {
        TestRun run = red(workspace).run(TestContext.of(workspace));
        assertEquals(Verdict.RED, run.verdict(), run.reason() + "\n" + run.output());
        assertFalse(run.green());
        assertFalse(run.reason().isBlank(), "a red run says why");
        assertEquals(namesTests() ? List.of(failingTest()) : List.of(), run.failures().stream().map(TestResult::id).toList());
    }

    @Test
    void namesItsTestsTheSameInEveryRun() throws Exception {
        TestSuite suite = green(workspace);
        List<String> first = suite.run(TestContext.of(workspace)).results().stream().map(TestResult::id).sorted().toList();
        List<String> second = suite.run(TestContext.of(workspace)).results().stream().map(TestResult::id).sorted().toList();
        assertEquals(first, second);
    }

    @Test
    void endsWithAnInterruptedExceptionOnAnInterruptedThread() throws Exception {
        TestSuite suite = green(workspace);
        Thread.currentThread().interrupt();
        try {
            assertThrows(InterruptedException.class, () -> suite.run(TestContext.of(workspace)));
        } finally {
            Thread.interrupted();
        }
        assertEquals(Verdict.GREEN, suite.run(TestContext.of(workspace)).verdict(), "the suite can be run again");
    }

    @Test
    void runsTheTestsThatAreWanted() throws Exception {
        TestSuite suite = green(workspace);
        for (TestResult result : suite.run(TestContext.of(workspace)).results()) {
            TestRun run = suite.run(TestContext.of(workspace).only(List.of(result.id())));
            assertEquals(Verdict.GREEN, run.verdict(), run.reason() + "\n" + run.output());
            assertTrue(run.results().stream().anyMatch(other -> other.id().equals(result.id())), "has run " + result.id() + ": " + run.results());
        }
        TestRun run = red(workspace).run(TestContext.of(workspace).only(List.of(failingTest())));
        assertEquals(Verdict.RED, run.verdict(), run.reason() + "\n" + run.output());
    }

    @Test
    void isNotGreenWhenItIsSelectiveAndKnowsNoneOfTheTestsThatAreWanted() throws Exception {
        TestSuite suite = green(workspace);
        TestRun run = suite.run(TestContext.of(workspace).only(List.of("no test of this suite")));
        assertTrue(!suite.selective() || !run.green() || !run.results().isEmpty(), run.reason());
    }

    @Test
    void isRedWhenItMayEndAtTheFirstFailure() throws Exception {
        TestRun run = red(workspace).run(TestContext.of(workspace).first(List.of("no test of this suite", failingTest())).failFast());
        assertEquals(Verdict.RED, run.verdict(), run.reason() + "\n" + run.output());
        assertEquals(namesTests() ? List.of(failingTest()) : List.of(), run.failures().stream().map(TestResult::id).toList());
        TestRun green = green(workspace).run(TestContext.of(workspace).failFast());
        assertEquals(Verdict.GREEN, green.verdict(), green.reason() + "\n" + green.output());
    }

    @Test
    void hasTheFingerprintOfItsEquals() throws Exception {
        TestSuite suite = green(workspace);
        String fingerprint = suite.fingerprint();
        assertTrue(fingerprint.matches("[^\\r\\n]*"), "one line: " + fingerprint);
        assertEquals(fingerprint, green(workspace).fingerprint());
        suite.run(TestContext.of(workspace));
        assertEquals(fingerprint, suite.fingerprint(), "a run changes nothing");
    }
}
