package dev.autosync.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a pull.
 *
 * <p>Made by connectors. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PullResult {
    private static final PullResult UNCHANGED = new PullResult(null);

    private final @Nullable Cursor next;

    private PullResult(@Nullable Cursor next) {
        this.next = next;
    }

    /**
     * There is nothing new.
     *
     * @return the result
     */
    public static PullResult unchanged() {
        return UNCHANGED;
    }

    /**
     * There was something new.
     *
     * @param next where it ended: a pull from there is unchanged if nothing else came
     * @return the result
     */
    public static PullResult changes(Cursor next) {
        return new PullResult(Objects.requireNonNull(next, "next"));
    }

    /**
     * Where the pull has ended.
     *
     * @return empty if there is nothing new
     */
    public Optional<Cursor> next() {
        return Optional.ofNullable(next);
    }

    @Override
    public String toString() {
        return next == null ? "unchanged" : "changes up to " + next;
    }
}
