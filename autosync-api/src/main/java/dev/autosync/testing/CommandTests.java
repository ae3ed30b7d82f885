package dev.autosync.testing;

import java.time.Duration;

/**
 * A suite that is a command run in the workspace.
 *
 * <p>The command gets a small allowlist of the environment ({@code PATH}, {@code HOME}, {@code JAVA_HOME} and the like) and a closed
 * standard input. When it ends, or its time is up, its whole process tree is killed. What it prints is bounded, and never
 * decides: the exit code and the reports do. Threads: immutable; each method returns a new suite.
 *
 * @since 0.1.0
 */
public interface CommandTests extends TestSuite {

    /**
     * The same suite with a limit on the whole run. Past it the run is red.
     *
     * @param timeout more than zero
     * @return a new suite
     * @throws IllegalArgumentException if it is zero or negative
     */
    CommandTests timeout(Duration timeout);

    /**
     * The same suite with a limit on silence. When nothing was printed for so long, the run is red.
     *
     * @param timeout more than zero
     * @return a new suite
     * @throws IllegalArgumentException if it is zero or negative
     */
    CommandTests idleTimeout(Duration timeout);

    /**
     * The same suite with JUnit XML reports. Only {@code *.xml} files written during the run count; none at all is
     * {@link Verdict#NO_TESTS}, only older ones is {@link Verdict#STALE_REPORT}, one that is cut off, longer than 64 MiB, no XML or
     * contradicts itself is {@link Verdict#BROKEN_REPORT}.
     *
     * @param folders folders below the workspace, with {@code /}
     * @return a new suite
     * @throws IllegalArgumentException if a folder leaves the workspace
     */
    CommandTests junitReports(String... folders);

    /**
     * The same suite with reports of the Open Test Reporting format, in its form of events (versions 0.1.0 and 0.2.0), as the JUnit Platform
     * writes them. The same files count as with {@link #junitReports}. A test that has begun and not ended has failed.
     *
     * @param folders folders below the workspace, with {@code /}; where the build writes JUnit XML as well, name one of the two
     * @return a new suite
     * @throws IllegalArgumentException if a folder leaves the workspace
     */
    CommandTests openTestReports(String... folders);

    /**
     * The same suite with reports of the Test Anything Protocol (versions 12 to 14), of which only {@code *.tap} files written during the run
     * count. What is printed does not: a command that prints TAP has to send it to a file. Without a plan that agrees with the lines, and
     * after {@code Bail out!}, the run is {@link Verdict#BROKEN_REPORT}.
     *
     * @param folders folders below the workspace, with {@code /}
     * @return a new suite
     * @throws IllegalArgumentException if a folder leaves the workspace
     */
    CommandTests tapReports(String... folders);

    /**
     * The same suite with one more variable of its environment.
     *
     * @param name the variable
     * @param value its value; part of {@link #fingerprint()} by its hash only
     * @return a new suite
     */
    CommandTests environment(String name, String value);

    /**
     * The same suite that passes variables of this process on.
     *
     * @param names the variables; those that are not set are left out
     * @return a new suite
     */
    CommandTests passEnvironment(String... names);

    /**
     * The same suite that can run {@linkplain TestContext#only() some tests}, by arguments behind the command. Of use only with reports, in which the
     * tests have names: a run of some tests that reports nothing of one of them is {@link Verdict#NO_TESTS}, unless another test has failed. With more
     * than 200 tests, or more than 16,384 characters of arguments, all are run.
     *
     * @param selection how the command is told which tests to run
     * @return a new suite
     */
    CommandTests selection(TestSelection selection);

    /**
     * The same suite that can {@linkplain TestContext#endsAtFirstFailure() end at the first failure}, by arguments behind the command and before those of a
     * selection: {@code -x} for pytest, {@code -failfast} for go, {@code --bail} for jest and Mocha, {@code --fail-fast} for Gradle from 4.6,
     * {@code -Dsurefire.skipAfterFailureCount=1} for Maven. Of use only with reports. A run with them that is red, or has no tests, without a failed
     * one, because the command does not know them for instance, is made once more without them, and that run counts.
     *
     * @param arguments the arguments; none to run all tests always
     * @return a new suite
     * @throws IllegalArgumentException if one has a NUL
     */
    CommandTests failFast(String... arguments);
}
