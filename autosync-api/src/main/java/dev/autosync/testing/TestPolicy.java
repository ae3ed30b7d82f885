package dev.autosync.testing;

import java.util.Objects;

/**
 * What is made of runs of the tests: of red ones before any patch, and of those that contradict each other.
 *
 * <p>Threads: immutable; each method returns a new policy.
 *
 * @since 0.1.0
 */
public final class TestPolicy {
    private static final TestPolicy DEFAULTS = new TestPolicy(RedBaseline.REPAIR, CulpritSearch.ofDefaults(), false);

    /** What becomes of a batch if the tests are red before it. A test that fails before and after a patch is never held against the patch. */
    public enum RedBaseline {
        /** No patch is tried. */
        STOP,
        /** Patches land if the tests are green with all of them: the default. Otherwise nobody can be blamed, and nothing lands. */
        REPAIR,
        /**
         * Patches land as well on a red run in which every test that passed before passes, and none fails that did not fail before. It needs results
         * of single tests; where there are none it is {@link #REPAIR}. The cycle stays red.
         */
        NO_NEW_FAILURES
    }

    private final RedBaseline redBaseline;
    private final CulpritSearch culprits;
    private final boolean failFast;

    private TestPolicy(RedBaseline redBaseline, CulpritSearch culprits, boolean failFast) {
        this.redBaseline = redBaseline;
        this.culprits = culprits;
        this.failFast = failFast;
    }

    /**
     * The policy that holds where none is set: {@link RedBaseline#REPAIR}, {@link CulpritSearch#ofDefaults()}, runs to their end.
     *
     * @return the policy
     */
    public static TestPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The same with another answer to a red baseline.
     *
     * @param answer what becomes of the batch
     * @return a new policy
     */
    public TestPolicy redBaseline(RedBaseline answer) {
        return new TestPolicy(Objects.requireNonNull(answer, "answer"), culprits, failFast);
    }

    /**
     * The same with another way to find those that make a batch red.
     *
     * @param search the strategy and its budget
     * @return a new policy
     */
    public TestPolicy culprits(CulpritSearch search) {
        return new TestPolicy(redBaseline, Objects.requireNonNull(search, "search"), failFast);
    }

    /**
     * The same with runs that end at the first failure while culprits are searched, if the suite is able to. Such a run says less: it saves time
     * where a run takes long and few tests fail. What lands has always been run in full, and so is everything where tests are tolerated that failed
     * before any patch.
     *
     * @param ends whether they end
     * @return a new policy
     */
    public TestPolicy failFast(boolean ends) {
        return new TestPolicy(redBaseline, culprits, ends);
    }

    /**
     * What becomes of a batch if the tests are red before it.
     *
     * @return the answer
     */
    public RedBaseline redBaseline() {
        return redBaseline;
    }

    /**
     * How those are found that make a batch red.
     *
     * @return the strategy and its budget
     */
    public CulpritSearch culprits() {
        return culprits;
    }

    /**
     * Whether runs end at the first failure while culprits are searched.
     *
     * @return false unless it was asked for
     */
    public boolean failFast() {
        return failFast;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestPolicy p && p.redBaseline == redBaseline && p.culprits.equals(culprits) && p.failFast == failFast;
    }

    @Override
    public int hashCode() {
        return Objects.hash(redBaseline, culprits, failFast);
    }

    @Override
    public String toString() {
        return redBaseline + ", " + culprits + (failFast ? ", fail fast" : "");
    }
}
