package dev.autosync.retry;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, as its body sees it.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Attempt {
    private final int number;
    private final Deadline deadline;
    private final @Nullable RetryBudget budget;

    Attempt(int number, Deadline deadline, @Nullable RetryBudget budget) {
        this.number = number;
        this.deadline = deadline;
        this.budget = budget;
    }

    /**
     * Its number.
     *
     * @return 1 for the first
     */
    public int number() {
        return number;
    }

    /**
     * When the whole call has to be over; to be handed on to whatever the body waits for.
     *
     * @return {@link Deadline#none()} if the call has none
     */
    public Deadline deadline() {
        return deadline;
    }

    /** What the call shares with others; null if it has none. */
    @Nullable RetryBudget budget() {
        return budget;
    }
}
