package dev.autosync.patch;

import java.util.Objects;

/** What every outcome has. */
abstract class Base {
    private final Patch patch;
    private final String reason;

    Base(Patch patch, String reason) {
        this.patch = Objects.requireNonNull(patch, "patch");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * The patch.
     *
     * @return as it was given
     */
    public final Patch patch() {
        return patch;
    }

    /**
     * Why.
     *
     * @return one line or a few
     */
    public final String reason() {
        return reason;
    }

    @Override
    public final String toString() {
        return patch.id() + " " + getClass().getSimpleName() + ": " + reason;
    }
}
