package dev.autosync.testing;

/**
 * Several suites as one: green only if each of them is.
 *
 * <p>The {@linkplain TestResult#id() ids} of its results begin with the name of the suite and a slash. A suite that is red or green without saying so of a single
 * test has one result by its name alone. Where one suite is red and another could not be run, the whole is red. A run of {@linkplain TestContext#only() some tests}
 * leaves out the suites that have none of them. Threads: immutable; each method returns a new suite.
 *
 * @since 0.1.0
 */
public interface CombinedTests extends TestSuite {

    /**
     * The same with one more suite, which runs after those before it.
     *
     * @param name unique: 1 to 64 letters, digits, hyphens, dots and underscores, a letter or digit first
     * @param suite the suite
     * @return a new suite
     * @throws IllegalArgumentException if the name is none or taken
     */
    CombinedTests suite(String name, TestSuite suite);

    /**
     * The same that ends with the first suite that is not green. Worth its while with quick suites first.
     *
     * @return a new suite
     */
    CombinedTests endsEarly();

    /**
     * The same that runs its suites side by side on the same tree, for suites that are independent: none writes a file, opens a port or uses a database that another
     * needs. Nobody checks that. Each has a daemon thread that has ended when the run ends.
     *
     * @param most how many run at a time, 1 to 64
     * @return a new suite
     * @throws IllegalArgumentException if it is out of range
     */
    CombinedTests parallel(int most);
}
