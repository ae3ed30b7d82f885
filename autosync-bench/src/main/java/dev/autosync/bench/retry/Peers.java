package dev.autosync.bench.retry;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.retry.backoff.NoBackOffPolicy;
import org.springframework.retry.policy.CompositeRetryPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;
import org.springframework.retry.policy.TimeoutRetryPolicy;
import org.springframework.retry.support.RetryTemplate;

/** The peers as their users set them up: made once and kept, four attempts at most, no delay, every exception is tried again. */
final class Peers {
    static final int ATTEMPTS = 4;

    /** What no call comes near to: the price of having a bound is measured, not the bound. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private Peers() {}

    static FailsafeExecutor<Object> failsafe() {
        return Failsafe.with(dev.failsafe.RetryPolicy.builder().withMaxAttempts(ATTEMPTS).build());
    }

    static FailsafeExecutor<Object> failsafeWithDeadline() {
        return Failsafe.with(dev.failsafe.RetryPolicy.builder().withMaxAttempts(ATTEMPTS).withMaxDuration(DEADLINE).build());
    }

    /** The cheapest of its forms: the call decorated once. */
    static Supplier<Object> resilience4j(Supplier<Object> body) {
        IntervalFunction noDelay = attempt -> 0L;
        RetryConfig config = RetryConfig.custom().maxAttempts(ATTEMPTS).intervalFunction(noDelay).build();
        return io.github.resilience4j.retry.Retry.decorateSupplier(io.github.resilience4j.retry.Retry.of("bench", config), body);
    }

    static RetryTemplate springRetry() {
        return RetryTemplate.builder().maxAttempts(ATTEMPTS).noBackoff().build();
    }

    /** Its builder takes attempts or a time, not both. */
    static RetryTemplate springRetryWithDeadline() {
        CompositeRetryPolicy both = new CompositeRetryPolicy();
        both.setPolicies(List.of(new SimpleRetryPolicy(ATTEMPTS, Map.of(Exception.class, true)), new TimeoutRetryPolicy(DEADLINE.toMillis()))
                .toArray(new org.springframework.retry.RetryPolicy[0]));
        RetryTemplate template = new RetryTemplate();
        template.setRetryPolicy(both);
        template.setBackOffPolicy(new NoBackOffPolicy());
        return template;
    }

    static org.springframework.core.retry.RetryTemplate spring7() {
        return new org.springframework.core.retry.RetryTemplate(
                RetryPolicy.builder().maxRetries(ATTEMPTS - 1).delay(Duration.ZERO).build());
    }

    static org.springframework.core.retry.RetryTemplate spring7WithDeadline() {
        return new org.springframework.core.retry.RetryTemplate(
                RetryPolicy.builder().maxRetries(ATTEMPTS - 1).delay(Duration.ZERO).timeout(DEADLINE).build());
    }
}
