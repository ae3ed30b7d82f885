package dev.autosync.core.testing;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;

/**
 * What a suite of a JUnit XML report says about its tests by numbers, and what its cases show.
 *
 * <p>Threads: for the thread that parses.
 */
final class SuiteCounts {
    /*
     * Writers count differently. More cases than tests is usual: Surefire counts the last round of reruns, some the cases of the suite itself
     * without those of suites in it. Fewer cases than tests is no dialect but a loss, except where skipped tests are counted and not listed, where
     * each attempt is counted and listed as an element of one case (Gradle with mergeReruns), and with these two, in the form that they write:
     * pytest counts subtests, which have no case, and mocha-junit-reporter the tests that a filter or a hook keeps from running; what it says
     * of all suites is the sum of what it says of each.
     */
    private static final String PYTEST = "pytest";
    private static final String PYTEST_ROOT = "pytest tests";
    private static final String MOCHA_ROOT = "Mocha Tests";

    final String name;
    private final boolean ofPytest;
    private final boolean ofMocha;
    private final boolean ofGotestsum;
    private final boolean outermost;
    private final int tests; // -1 if the suite does not say
    private final int failures;
    private final int skipped;
    private final Map<String, Integer> ownCases = new HashMap<>();
    private boolean failedByItself;
    private boolean ownShown;
    private boolean holdsSuites;
    private int testsOfSuites;
    private int casesShown;
    private int failuresShown;
    private int skippedShown;
    private int excusedShown;
    private int repeatsShown;

    /** @param outer the suite that this one is in, null for none */
    SuiteCounts(Attributes attributes, @Nullable SuiteCounts outer) {
        String given = attributes.getValue("name");
        name = given == null ? "" : given;
        outermost = outer == null;
        tests = count(attributes, "tests", -1);
        failures = count(attributes, "failures", 0) + count(attributes, "errors", 0);
        skipped = count(attributes, "skipped", 0) + count(attributes, "disabled", 0);
        if (outer != null && outer.outermost && attributes.getValue("timestamp") != null) {
            ofPytest = outer.tests < 0 && attributes.getValue("hostname") != null && (name.equals(PYTEST) || outer.name.equals(PYTEST_ROOT));
            ofMocha = outer.tests >= 0 && outer.name.equals(MOCHA_ROOT);
            ofGotestsum = outer.tests >= 0 && attributes.getValue("hostname") == null && attributes.getValue("errors") == null;
        } else {
            ofPytest = false;
            ofMocha = false;
            ofGotestsum = false;
        }
    }

    /**
     * Notes a case.
     *
     * @param excused whether a failure of it may be counted that is none
     */
    void show(TestResult result, boolean excused) {
        casesShown++;
        failuresShown += result.status() == Status.FAILED ? 1 : 0;
        skippedShown += result.status() == Status.SKIPPED ? 1 : 0;
        excusedShown += excused ? 1 : 0;
        repeatsShown += result.attempts() - 1;
        ownShown = true;
        if (tests >= 0) {
            ownCases.merge(result.id(), 1, Integer::sum);
        }
    }

    /**
     * Whether it has the form of gotestsum, the only one that runs tests of Go again. To go-junit-report, and to a Java build that has a property of that
     * name, cases of one name are as many tests, as {@code -count=2} has it.
     */
    boolean mayBeOfGotestsum() {
        return ofGotestsum;
    }

    /** Notes a failure beside the cases: the suite could not be set up, or taken down. */
    void failByItself() {
        failedByItself = true;
    }

    /** Notes what a suite in this one, or this one's own failure, has shown. */
    void show(SuiteCounts inner) {
        casesShown += inner.casesShown;
        failuresShown += inner.failuresShown;
        skippedShown += inner.skippedShown;
        excusedShown += inner.excusedShown;
        repeatsShown += inner.repeatsShown;
        holdsSuites = true;
        testsOfSuites += Math.max(0, inner.tests);
    }

    /**
     * Whether the suite failed although none of its cases did. Attempts that failed before one that passed may have been counted.
     *
     * @return true at most once, since the failure is then shown
     */
    boolean failsWithoutACase() {
        boolean fails = failedByItself || failuresShown == 0 && failures > repeatsShown + excusedShown;
        failuresShown += fails ? 1 : 0;
        return fails;
    }

    /** How the numbers disagree with the cases, as far as numbers and cases of its writer say the same. */
    Optional<String> contradiction() {
        if (tests < 0 || !holdsSuites && (ofMocha || ofPytest && ownShown)) {
            return Optional.empty();
        }
        String counted = "a suite of " + tests + " tests";
        if (outermost && holdsSuites && name.equals(MOCHA_ROOT)) {
            return tests == testsOfSuites ? Optional.empty() : Optional.of(counted + " has suites of " + testsOfSuites);
        }
        int unlisted = Math.max(0, skipped - skippedShown);
        if (tests - unlisted > casesShown + repeatsShown) {
            return Optional.of(counted + (unlisted == 0 ? "" : ", " + skipped + " of them skipped,") + " lists " + casesShown);
        }
        if (unlisted > 0 && casesShown >= tests) {
            return Optional.of(counted + ", " + skipped + " of them skipped, shows " + skippedShown + " as skipped");
        }
        return Optional.empty();
    }

    /** Whether the suite counts tests, or has cases of its own without counting them. */
    boolean standsForTests() {
        return tests > 0 || tests < 0 && ownShown;
    }

    /**
     * The cases that stand for several attempts of one test: those of one name, if the suite has more cases than it says that it has tests.
     *
     * @return how often each is there, 2 or more
     */
    Map<String, Integer> attempts() {
        if (tests <= 0 || casesShown <= tests) {
            return Map.of();
        }
        ownCases.values().removeIf(times -> times < 2);
        return ownCases;
    }

    private static int count(Attributes attributes, String name, int otherwise) {
        String value = attributes.getValue(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Math.max(otherwise, Integer.parseInt(value.strip()));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
