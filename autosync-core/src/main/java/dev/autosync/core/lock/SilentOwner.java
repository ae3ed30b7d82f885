package dev.autosync.core.lock;

import dev.autosync.retry.Deadline;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches an owner who may never say anything again. Time is counted here, from when its last word was first seen: the clocks of two processes
 * may differ, and the wall clock may be set.
 *
 * <p>The same is done by Amazon's DynamoDB lock client with its record version number.
 */
final class SilentOwner {
    private final Duration patience;
    private Optional<OwnerRecord> lastWord = Optional.empty();
    private Deadline end = Deadline.none();

    SilentOwner(Duration patience) {
        this.patience = patience;
    }

    /** Whether an owner has said nothing for too long. Nobody is never silent. */
    boolean tooLong(Optional<OwnerRecord> word) {
        if (word.isEmpty() || !word.equals(lastWord)) {
            lastWord = word;
            end = word.isEmpty() ? Deadline.none() : Deadline.in(patience);
        }
        return end.expired();
    }
}
