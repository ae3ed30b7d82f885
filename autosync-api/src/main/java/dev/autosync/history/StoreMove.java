package dev.autosync.history;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.autosync.SyncEngine#moveStore} did.
 *
 * <p>Called by embedding code. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class StoreMove {
    private final String from;
    private final String to;
    private final @Nullable StoreCopy copy;
    private final boolean configurationChanged;
    private final @Nullable String leftToDo;

    private StoreMove(String from, String to, @Nullable StoreCopy copy, boolean configurationChanged, @Nullable String leftToDo) {
        this.from = Objects.requireNonNull(from, "from");
        this.to = Objects.requireNonNull(to, "to");
        this.copy = copy;
        this.configurationChanged = configurationChanged;
        this.leftToDo = leftToDo;
    }

    /**
     * A move.
     *
     * @param from the name of the store in which the history was
     * @param to the name of the store in which it is
     * @param copy what was copied; null if it was there already
     * @param configurationChanged whether the configuration file was changed
     * @param leftToDo what the caller has to do, a sentence; null for nothing
     * @return the move
     */
    public static StoreMove of(String from, String to, @Nullable StoreCopy copy, boolean configurationChanged, @Nullable String leftToDo) {
        return new StoreMove(from, to, copy, configurationChanged, leftToDo);
    }

    /**
     * The store in which the history was.
     *
     * @return the name of its plugin
     */
    public String from() {
        return from;
    }

    /**
     * The store in which the history is.
     *
     * @return the name of its plugin
     */
    public String to() {
        return to;
    }

    /**
     * What was copied, and compared.
     *
     * @return empty if the history was there already
     */
    public Optional<StoreCopy> copy() {
        return Optional.ofNullable(copy);
    }

    /**
     * Whether the configuration file named the other store, and was changed.
     *
     * @return true if it was
     */
    public boolean configurationChanged() {
        return configurationChanged;
    }

    /**
     * What is left to do, since the engine cannot: a program that names the other store, a configuration file that cannot be changed. Until then
     * the history stays where it is now, with a warning in the first report of each engine.
     *
     * @return a sentence; empty for nothing
     */
    public Optional<String> leftToDo() {
        return Optional.ofNullable(leftToDo);
    }

    @Override
    public String toString() {
        return from + " to " + to + (copy == null ? "" : ", " + copy) + (leftToDo == null ? "" : "; " + leftToDo);
    }
}
