package dev.autosync.history;

import dev.autosync.patch.PatchOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What became of a patch in a cycle.
 *
 * <p>Made by {@link History#patch}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface RecordedPatch extends Recorded {

    /**
     * The outcome.
     *
     * @return empty if the record cannot be read, or has an outcome that only a later release knows
     */
    Optional<PatchOutcome.Kind> outcome();

    /**
     * Why.
     *
     * @return a sentence; perhaps empty
     */
    String reason();

    /**
     * The tests that blamed it.
     *
     * @return their ids, at most 200; none unless it was blamed
     */
    List<String> failures();

    /**
     * The files that it changed.
     *
     * @return their paths; none unless it was applied
     */
    List<String> paths();
}
