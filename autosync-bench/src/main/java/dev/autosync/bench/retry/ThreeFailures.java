package dev.autosync.bench.retry;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.function.CheckedSupplier;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.retry.RetryCallback;

/** A call that succeeds the fourth time. The exception costs nothing, so that what is measured is who makes the attempts. */
@State(Scope.Thread)
public class ThreeFailures {
    private static final int FAILURES = 3;

    private Object value = new Object();
    private final Failure failure = new Failure();
    private int failuresLeft = FAILURES;

    private final Retry.Body<Object, RuntimeException> autosyncBody = this::body;
    private final CheckedSupplier<Object> failsafeBody = this::body;
    private final Supplier<Object> resilience4jBody = this::body;
    private final RetryCallback<Object, RuntimeException> springRetryBody = context -> body();
    private final Retryable<Object> spring7Body = this::body;

    private final Retry autosync = Retry.of(RetryPolicy.immediate().attempts(Peers.ATTEMPTS));
    private final FailsafeExecutor<Object> failsafe = Peers.failsafe();
    private final Supplier<Object> resilience4j = Peers.resilience4j(resilience4jBody);
    private final org.springframework.retry.support.RetryTemplate springRetry = Peers.springRetry();
    private final RetryTemplate spring7 = Peers.spring7();

    private Object body() {
        if (failuresLeft > 0) {
            failuresLeft--;
            throw failure;
        }
        failuresLeft = FAILURES;
        return value;
    }

    /** Written by hand. */
    @Benchmark
    public Object loop() {
        for (int attempt = 1; ; attempt++) {
            try {
                return body();
            } catch (RuntimeException e) {
                if (attempt == Peers.ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** AutoSync. */
    @Benchmark
    public Object autosync() throws InterruptedException {
        return autosync.call(autosyncBody);
    }

    /** Failsafe, executor kept. */
    @Benchmark
    public Object failsafe() {
        return failsafe.get(failsafeBody);
    }

    /** resilience4j, decorated supplier kept. */
    @Benchmark
    public Object resilience4j() {
        return resilience4j.get();
    }

    /** Spring Retry. */
    @Benchmark
    public Object springRetry() {
        return springRetry.execute(springRetryBody);
    }

    /** Spring Framework 7. */
    @Benchmark
    public Object spring7() throws RetryException {
        return spring7.execute(spring7Body);
    }

    /** Without a stack trace, and without room for suppressed ones. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("not yet", null, false, false);
        }
    }
}
