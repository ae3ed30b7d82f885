package dev.autosync.core.lock;

import dev.autosync.retry.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches an owner who may never say anything again. Time is counted here, from when its last word was first seen: the clocks of two processes
 * may differ, and the wall clock may be set.
 *
 * <p>The same is done by Amazon's DynamoDB lock client with its record version number.
 */
final class SilentOwner {
    private final @Nullable Duration patience;
    private Optional<OwnerRecord> lastWord = Optional.empty();
    private Deadline end = Deadline.none();

    /** Watches for a time, or for ever if that is null. */
    SilentOwner(@Nullable Duration patience) {
        this.patience = patience;
    }

    /** Whether an owner has said nothing for too long. Nobody is never silent. */
    boolean tooLong(Optional<OwnerRecord> word) {
        if (word.isEmpty() || !word.equals(lastWord)) {
            lastWord = word;
            end = word.isEmpty() || patience == null ? Deadline.none() : Deadline.in(patience);
        }
        return end.expired();
    }
}
