package dev.autosync.testing;

import dev.autosync.internal.Core;
import java.util.List;

/**
 * Runs tests on a tree and answers with a verdict.
 *
 * <p>Called by embedding code, and implemented by plugins and by callers who have tests of their own kind. Threads: the engine
 * calls one run at a time, unless the suite is {@link #concurrent()}; with {@linkplain Isolation#candidates copies} on threads of its own. A red
 * test is a value; an exception means that the tests could not be run, and nobody is blamed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TestSuite {

    /**
     * Runs the tests on the tree as it stands now. May take minutes.
     *
     * @param context the tree to test
     * @return what the tests said
     * @throws InterruptedException if the thread was interrupted; everything the run started has ended
     */
    TestRun run(TestContext context) throws InterruptedException;

    /**
     * What this suite runs, the same only for suites that give the same verdict on the same tree. With it a green tree is remembered
     * and not tested again.
     *
     * @return one line; empty, as long as it is not overridden, for a suite whose verdicts are not remembered
     */
    default String fingerprint() {
        return "";
    }

    /**
     * Whether several runs may be under way at a time, each on a tree of its own: they share no file, port or database outside of it.
     *
     * @return false, as long as it is not overridden
     */
    default boolean concurrent() {
        return false;
    }

    /**
     * Whether {@link TestContext#only()} is honoured, so that a run of a few tests costs less than one of all.
     *
     * @return false, as long as it is not overridden
     */
    default boolean selective() {
        return false;
    }

    /**
     * A suite that is a command run in the workspace: green when it exits with 0 and, where reports are named, those say so too.
     *
     * @param command the program and its arguments, passed on unchanged; no shell is involved
     * @return the suite; a time-out of 10 minutes unless set
     * @throws IllegalArgumentException if the command is empty
     */
    static CommandTests command(String... command) {
        return Core.provider().commandTests(List.of(command));
    }

    /**
     * A suite that runs in this process on the JUnit Platform, in a class loader of its own.
     *
     * <p>Needs {@code junit-platform-launcher} and the engines beside {@code autosync-core}, or on the suite's own class path.
     *
     * @return the suite; no class path yet
     */
    static JUnitTests junitPlatform() {
        return Core.provider().junitTests();
    }

    /**
     * A suite of functions, to be filled with {@link CheckTests#check}. Without any check it has no tests and is never green.
     *
     * @param name what the {@linkplain TestResult#id() ids} of its results begin with; control characters are shown as escapes
     * @return the suite; no check yet
     * @throws IllegalArgumentException if the name is blank or longer than 400 characters
     */
    static CheckTests checks(String name) {
        return Core.provider().checkTests(name);
    }

    /**
     * Several suites as one, to be filled with {@link CombinedTests#suite}. Without any suite it has no tests and is never green.
     *
     * @return the suite; no suite in it yet, which will run one after the other
     */
    static CombinedTests all() {
        return Core.provider().combinedTests();
    }
}
