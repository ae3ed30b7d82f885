package dev.autosync.testing;

import java.util.Objects;

/**
 * What becomes of files that change in the workspace while tests run in it.
 *
 * <p>In the workspace nobody can tell what the tests write from what a person writes at the same time. So nothing is undone unless it is asked
 * for, what version control tracks only if that is asked for as well, and never anything of which a copy was not saved before. Where tests run in
 * {@linkplain Isolation#candidates copies} what they write stays there, and nothing of this matters. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class TestChanges {

    /** What is done. */
    public enum Policy {
        /** Changes stay and are not mentioned. */
        LEAVE,
        /** Changes stay and are reported. */
        REPORT,
        /** Changes are saved, undone and reported. */
        UNDO
    }

    private final Policy policy;
    private final boolean tracked;

    private TestChanges(Policy policy, boolean tracked) {
        this.policy = policy;
        this.tracked = tracked;
    }

    /**
     * They stay, and are not mentioned.
     *
     * @return the policy
     */
    public static TestChanges leave() {
        return new TestChanges(Policy.LEAVE, false);
    }

    /**
     * They stay, and are reported: the default.
     *
     * @return the policy
     */
    public static TestChanges report() {
        return new TestChanges(Policy.REPORT, false);
    }

    /**
     * They are undone together with the end of the batch. What is undone is saved below {@code .autosync/conflicts} first and reported with its
     * place. Only files that git does not track are touched; where there is no git, only files that were not there before. What cannot be undone, or
     * whose earlier content nobody has kept, stays and is reported.
     *
     * @return the policy
     */
    public static TestChanges undo() {
        return new TestChanges(Policy.UNDO, false);
    }

    /**
     * The same for files that git tracks and, where there is no git, for all files. A person's edit of such a file during the tests is undone like
     * one of the tests; it is found where it was saved.
     *
     * @return a new policy
     * @throws IllegalArgumentException if nothing is undone
     */
    public TestChanges withTracked() {
        if (policy != Policy.UNDO) {
            throw new IllegalArgumentException("policy must be UNDO to undo changes of tracked files, was " + policy);
        }
        return new TestChanges(policy, true);
    }

    /**
     * What is done.
     *
     * @return the policy
     */
    public Policy policy() {
        return policy;
    }

    /**
     * Whether changes of tracked files are undone.
     *
     * @return false unless it was asked for
     */
    public boolean tracked() {
        return tracked;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestChanges t && t.policy == policy && t.tracked == tracked;
    }

    @Override
    public int hashCode() {
        return Objects.hash(policy, tracked);
    }

    @Override
    public String toString() {
        return policy + (tracked ? " with tracked files" : "");
    }
}
