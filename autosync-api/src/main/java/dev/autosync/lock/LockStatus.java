package dev.autosync.lock;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link WorkspaceLock#inspect()} has seen.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class LockStatus {
    private final boolean held;
    private final @Nullable LockOwner owner;

    private LockStatus(boolean held, @Nullable LockOwner owner) {
        this.held = held;
        this.owner = owner;
    }

    /**
     * A state.
     *
     * @param held whether somebody has the workspace
     * @param owner who has it, or has had it last; empty if that is not known
     * @return the state
     */
    public static LockStatus of(boolean held, Optional<LockOwner> owner) {
        return new LockStatus(held, Objects.requireNonNull(owner, "owner").orElse(null));
    }

    /**
     * Whether somebody has the workspace.
     *
     * @return false if it was free
     */
    public boolean held() {
        return held;
    }

    /**
     * Who has the workspace, or has had it last.
     *
     * @return empty if that is not known
     */
    public Optional<LockOwner> owner() {
        return Optional.ofNullable(owner);
    }

    @Override
    public String toString() {
        return held ? "held by " + (owner == null ? "an unknown process" : owner)
                : "free" + (owner == null ? "" : "; last held by " + owner);
    }
}
