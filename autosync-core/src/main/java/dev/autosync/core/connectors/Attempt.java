package dev.autosync.core.connectors;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.text.Untrusted;
import dev.autosync.retry.RetryStopped;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call of a connector: it cannot fail the cycle.
 *
 * @param value what it answered; null if it failed, or answered nothing
 * @param failure why it failed; null if it did not
 */
record Attempt<T>(@Nullable T value, @Nullable Failure failure) {

    /**
     * Why a call failed.
     *
     * @param code the stable code
     * @param message one line
     */
    record Failure(ErrorCode code, String message) {}

    /** A call of a connector. */
    interface Call<T> {
        T call() throws InterruptedException;
    }

    /** What it answered. Only for one that did not fail. */
    T get() {
        if (value == null) {
            throw new IllegalStateException("it failed: " + failure);
        }
        return value;
    }

    /** Why a call was not made again, if that needs an explanation. */
    private static String whyNotAgain(Throwable failure) {
        for (Throwable suppressed : failure.getSuppressed()) {
            if (suppressed instanceof RetryStopped stopped) {
                return "; " + stopped.getMessage();
            }
        }
        return "";
    }

    /** Makes a call. An interrupt goes through. */
    static <T> Attempt<T> of(Call<T> call) throws InterruptedException {
        try {
            T value = call.call();
            return value != null ? new Attempt<>(value, null)
                    : new Attempt<>(null, new Failure(ErrorCode.PLUGIN_FAILED, "it answered nothing [" + ErrorCode.PLUGIN_FAILED.id() + "]"));
        } catch (AutoSyncException e) {
            return new Attempt<>(null, new Failure(e.code(), Untrusted.line(e.getMessage() + whyNotAgain(e), 1000)));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return new Attempt<>(null, new Failure(ErrorCode.PLUGIN_FAILED,
                    Untrusted.line(e.toString(), 900) + " [" + ErrorCode.PLUGIN_FAILED.id() + "]"));
        }
    }
}
