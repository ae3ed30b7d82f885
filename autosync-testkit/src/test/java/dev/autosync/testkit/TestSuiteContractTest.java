package dev.autosync.testkit;

import static dev.autosync.testkit.RuleBreach.assertFails;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites that break a rule fail at that rule. */
class TestSuiteContractTest {
    @TempDir
    Path temp;

    @Test
    void aSuiteThatBreaksARuleFails() {
        TestRun none = TestRun.of(Verdict.GREEN, "nothing ran", List.of(), Duration.ZERO);
        assertFails(suite(context -> none), TestSuiteContract::isGreenWhenItsTestsPass, TestSuiteContract::isRedAndNamesTheTestThatFails,
                TestSuiteContract::endsWithAnInterruptedExceptionOnAnInterruptedThread);
        assertFails(suite(new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                return none;
            }

            @Override
            public String fingerprint() {
                return toString() + System.nanoTime();
            }
        }), TestSuiteContract::hasTheFingerprintOfItsEquals);
        assertFails(suite(context -> context.only().isEmpty() && !context.endsAtFirstFailure()
                ? FixedSuiteTest.suite(Verdict.GREEN, TestResult.Status.PASSED).run(context) : none),
                TestSuiteContract::runsTheTestsThatAreWanted, TestSuiteContract::isRedWhenItMayEndAtTheFirstFailure);
        assertFails(suite(new TestSuite() {
            @Override
            public TestRun run(TestContext context) {
                return none;
            }

            @Override
            public boolean selective() {
                return true;
            }
        }), TestSuiteContract::isNotGreenWhenItIsSelectiveAndKnowsNoneOfTheTestsThatAreWanted);
        assertDoesNotThrow(() -> suite(FixedSuiteTest.suite(Verdict.GREEN, TestResult.Status.PASSED)).isGreenWhenItsTestsPass());
    }

    private TestSuiteContract suite(TestSuite suite) {
        TestSuiteContract contract = new TestSuiteContract() {
            @Override
            protected TestSuite green(Path workspace) {
                return suite;
            }

            @Override
            protected TestSuite red(Path workspace) {
                return suite;
            }

            @Override
            protected String failingTest() {
                return "a test";
            }
        };
        contract.workspace = temp;
        return contract;
    }
}
