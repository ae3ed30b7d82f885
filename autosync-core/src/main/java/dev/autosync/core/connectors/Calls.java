package dev.autosync.core.connectors;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryBudget;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.spi.ConnectorException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls of connectors, and makes one again that has failed for the moment and changed nothing. All calls of one connector share what may be
 * spent on that. What one of them throws cannot fail the cycle; an interrupt goes through.
 */
public final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    /** Retries of one connector in one cycle without any success in between. */
    private static final int RESERVE = 10;

    private final RetryPolicy policy;
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();

    /** Calls that are made again as a policy says; which failures are is decided here. */
    public Calls(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Another cycle begins, in which every connector may spend as much as in the one before. */
    public void newCycle() {
        budgets.clear();
    }

    /**
     * Makes a call that may be made again: it changes nothing on the other side, or says by a {@link ConnectorException} that it has not. After any
     * other exception nobody knows.
     */
    <T> Attempt<T> repeatable(String connector, Attempt.Call<T> call) throws InterruptedException {
        return repeatable(connector, result -> false, call);
    }

    /** The same, also if the result is of a certain kind. */
    <T> Attempt<T> repeatable(String connector, Predicate<? super @Nullable Object> notYet, Attempt.Call<T> call) throws InterruptedException {
        RetryPolicy whole = policy.budget(budgets.computeIfAbsent(connector, name -> RetryBudget.of(RESERVE))).onResult(notYet)
                .onFailure(failure -> failure instanceof ConnectorException known && known.retryable());
        Retry retry = Retry.of(whole).listener(failed -> failed.stopped().ifPresentOrElse(
                // Without the failure's own words, in which a secret may stand.
                reason -> LOG.debug("A call of the connector '{}' failed {} times", connector, failed.number()),
                () -> LOG.debug("Attempt {} at a call of the connector '{}' failed; the next one comes in {}", failed.number(), connector,
                        failed.delay())));
        return Attempt.of(() -> retry.<T, InterruptedException>call(call::call));
    }
}
