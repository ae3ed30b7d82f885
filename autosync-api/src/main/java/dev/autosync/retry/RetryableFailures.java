package dev.autosync.retry;

import dev.autosync.AutoSyncException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which failures another attempt may cure.
 *
 * @param named classes of failures
 * @param others further failures; null if none was named
 */
record RetryableFailures(List<Class<? extends Throwable>> named, @Nullable Predicate<? super Throwable> others) {

    boolean contains(Throwable failure) {
        if (isCancellation(failure)) {
            return false;
        }
        if (failure instanceof Error) {
            return isNamedBelow(Error.class, failure);
        }
        if (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)) {
            return isNamedBelow(InterruptedIOException.class, failure);
        }
        if (named.isEmpty() && others == null) {
            return !(failure instanceof AutoSyncException known) || known.retryable();
        }
        return isNamedBelow(Throwable.class, failure) || others != null && others.test(failure);
    }

    /** Somebody wants the thread to stop: to go on would be to overhear that. */
    private static boolean isCancellation(Throwable failure) {
        return failure instanceof InterruptedException || failure instanceof CancellationException
                || failure instanceof ClosedByInterruptException || failure instanceof FileLockInterruptionException;
    }

    private boolean isNamedBelow(Class<?> top, Throwable failure) {
        for (int i = 0; i < named.size(); i++) {
            if (top.isAssignableFrom(named.get(i)) && named.get(i).isInstance(failure)) {
                return true;
            }
        }
        return false;
    }
}
