package dev.autosync.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connector says of its own set-up.
 *
 * <p>Made by connectors. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class CheckResult {
    private static final CheckResult OK = new CheckResult(null, "");

    private final @Nullable String field;
    private final String message;

    private CheckResult(@Nullable String field, String message) {
        this.field = field;
        this.message = message;
    }

    /**
     * It can work.
     *
     * @return the result
     */
    public static CheckResult ok() {
        return OK;
    }

    /**
     * It cannot work as it is set up.
     *
     * @param field the setting to change
     * @param message what is wrong and what to do; no secret
     * @return the result
     */
    public static CheckResult problem(String field, String message) {
        return new CheckResult(Objects.requireNonNull(field, "field"), Objects.requireNonNull(message, "message"));
    }

    /**
     * Whether it can work.
     *
     * @return false if there is a problem
     */
    public boolean isOk() {
        return field == null;
    }

    /**
     * The setting to change.
     *
     * @return empty if there is no problem
     */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /**
     * What is wrong and what to do.
     *
     * @return empty if there is no problem
     */
    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return field == null ? "ok" : field + ": " + message;
    }
}
