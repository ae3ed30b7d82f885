package dev.autosync.store.sqlite;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Does work on a database again while others keep it busy, until a time-out; an interrupt does not cut that short.
 *
 * <p>The work is a transaction, or a step of an opening. SQLite answers SQLITE_BUSY, in all its kinds, only where it has done nothing: at BEGIN,
 * at the first read of a transaction, at the pragmas of an opening, and at a COMMIT, which leaves the transaction open. That is then rolled
 * back as a whole, so that nothing is done twice.
 */
final class BusyRetry {
    private static final Duration FIRST_PAUSE = Duration.ofNanos(500_000);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(2);

    private final Retry retry;

    private BusyRetry(Retry retry) {
        this.retry = retry;
    }

    /**
     * Waits for others.
     *
     * @param timeout for how long at most, more than 0
     */
    static BusyRetry of(Duration timeout) {
        return new BusyRetry(Retry.of(RetryPolicy.exponential(FIRST_PAUSE).cap(LONGEST_PAUSE).attempts(Integer.MAX_VALUE).deadline(timeout)
                .onFailure(BusyRetry::isBusy)));
    }

    <T extends @Nullable Object> T call(Database.Work<T> work) throws SQLException {
        return retry.callUninterruptibly(work::run);
    }

    /** SQLITE_BUSY itself, and those that tell why: BUSY_RECOVERY, BUSY_SNAPSHOT, BUSY_TIMEOUT. */
    static boolean isBusy(Throwable failure) {
        return failure instanceof SQLException e && (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }
}
