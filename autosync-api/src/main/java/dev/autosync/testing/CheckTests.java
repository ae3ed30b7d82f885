package dev.autosync.testing;

import java.time.Duration;

/**
 * A suite of functions: each check is a test.
 *
 * <p>The checks run one after the other on the thread that runs the suite, or each on one of its own where its {@linkplain #timeout time is limited}. The run honours {@link TestContext#only()},
 * {@link TestContext#first()} and {@link TestContext#endsAtFirstFailure()}. When the thread is interrupted no further check begins. Threads: immutable;
 * each method returns a new suite.
 *
 * @since 0.1.0
 */
public interface CheckTests extends TestSuite {

    /**
     * The same suite with one more check. The {@linkplain TestResult#id() id} of its result is {@code suite#check}.
     *
     * @param name the check's name, unique in the suite; control characters are shown as escapes
     * @param check the function
     * @return a new suite
     * @throws IllegalArgumentException if the name is blank, longer than 400 characters or taken
     */
    CheckTests check(String name, Check check);

    /**
     * The same suite with a limit on each check. One that has not ended by then has failed and is interrupted; the next begins when it has ended. If it
     * has not a second later, it is abandoned on its thread, a daemon, and no further check begins, for it may still read the tree.
     *
     * @param timeout more than zero
     * @return a new suite
     * @throws IllegalArgumentException if it is zero or negative
     */
    CheckTests timeout(Duration timeout);

    /**
     * The same suite with a fingerprint, for checks that say the same of the same tree whenever they run. A green tree is then remembered.
     *
     * @param version another text whenever a check has changed, not blank
     * @return a new suite
     * @throws IllegalArgumentException if it is blank
     */
    CheckTests fingerprint(String version);

    /** A function that looks at a tree. Implemented by callers. */
    @FunctionalInterface
    interface Check {

        /**
         * Looks at the tree. The check has passed if it returns. It has failed if it throws, be it an {@link AssertionError} or any exception but
         * an {@link InterruptedException}.
         *
         * @param context the tree to test
         * @throws InterruptedException if the thread was interrupted; what the check started has ended
         * @throws Exception if the check has failed
         */
        void run(TestContext context) throws Exception;
    }
}
