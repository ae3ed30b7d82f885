package dev.autosync.core.culprit;

import java.util.Collection;
import java.util.Optional;

/**
 * Looks for the patches that make a batch red: says which runs to make and is told what they have said.
 *
 * <p>Deterministic: the same answers in the same order lead to the same questions, so that a search can be played again after a crash. Runs may be made side by
 * side: {@link #next} may be asked again before the runs that it has named are answered, and answers may come in any order. Not safe to share between threads.
 */
public interface Search {
    /**
     * The run that tells most beside those that are under way.
     *
     * @return empty if none is worth making now; if none is under way either, the search has ended
     */
    Optional<Ask> next();

    /**
     * What a run that was asked for has said. An answer that is {@linkplain Seen#none() no evidence} changes nothing that is believed; the run may be asked for again.
     *
     * @param ask the run, as {@link #next} has named it
     */
    void answer(Ask ask, Seen seen);

    /** Whether a run that is under way still tells enough to be waited for; one that does not may be ended and answered as none. */
    boolean tells(Ask ask);

    /**
     * Takes patches out about which nothing is to be found out any more, as those that do not apply without one that was convicted.
     *
     * @param patches their places in the batch
     */
    void drop(Collection<Integer> patches);

    /** What is known so far. */
    Findings findings();
}
