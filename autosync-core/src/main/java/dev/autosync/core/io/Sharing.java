package dev.autosync.core.io;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Locale;

/**
 * Waits for others to let go of a file. On Windows a file cannot be renamed over or deleted while a virus scanner or an indexer has it open, which
 * is most often over in a few milliseconds; elsewhere there is no such thing, and what looks like it is a missing permission.
 */
final class Sharing {
    private static final RetryPolicy POLICY = RetryPolicy.exponential(Duration.ofMillis(2)).cap(Duration.ofMillis(200)).attempts(20)
            .deadline(Duration.ofSeconds(3));

    static final Sharing OF_THIS_SYSTEM = new Sharing(File.separatorChar == '\\');

    private final boolean exclusive;
    private final Retry retry;

    /** What a system does where an open file is nobody else's. */
    Sharing(boolean exclusive) {
        this.exclusive = exclusive;
        this.retry = Retry.of(POLICY.onFailure(this::isViolation));
    }

    /** Does file work that another process may be in the way of. An interrupt does not cut it short. */
    <T> T patiently(Retry.Body<T, IOException> work) throws IOException {
        return retry.callUninterruptibly(work);
    }

    private boolean isViolation(Throwable failure) {
        // ERROR_ACCESS_DENIED for a file that is being deleted or open without FILE_SHARE_DELETE, ERROR_SHARING_VIOLATION has words alone.
        return exclusive && (failure instanceof AccessDeniedException || failure instanceof FileSystemException known
                && String.valueOf(known.getReason()).toLowerCase(Locale.ROOT).contains("used by another process"));
    }
}
