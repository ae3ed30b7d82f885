package dev.autosync.bench.retry;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.function.CheckedSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.retry.RetryCallback;

/** The same with a bound on the time of the whole call, by whoever has one. */
@State(Scope.Thread)
public class Deadline {
    private static final long NANOS = Peers.DEADLINE.toNanos();

    private Object value = new Object();

    private final Retry.Body<Object, RuntimeException> autosyncBody = this::body;
    private final CheckedSupplier<Object> failsafeBody = this::body;
    private final RetryCallback<Object, RuntimeException> springRetryBody = context -> body();
    private final Retryable<Object> spring7Body = this::body;

    private final Retry autosync = Retry.of(RetryPolicy.immediate().attempts(Peers.ATTEMPTS).deadline(Peers.DEADLINE));
    private final FailsafeExecutor<Object> failsafe = Peers.failsafeWithDeadline();
    private final org.springframework.retry.support.RetryTemplate springRetry = Peers.springRetryWithDeadline();
    private final RetryTemplate spring7 = Peers.spring7WithDeadline();

    private Object body() {
        return value;
    }

    /** Written by hand; reads the clock once before the first attempt. */
    @Benchmark
    public Object loop() {
        long end = System.nanoTime() + NANOS;
        for (int attempt = 1; ; attempt++) {
            try {
                return body();
            } catch (RuntimeException e) {
                if (attempt == Peers.ATTEMPTS || end - System.nanoTime() <= 0) {
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

    /** Failsafe with a longest duration. */
    @Benchmark
    public Object failsafe() {
        return failsafe.get(failsafeBody);
    }

    /** Spring Retry with a time-out policy beside that of the attempts. */
    @Benchmark
    public Object springRetry() {
        return springRetry.execute(springRetryBody);
    }

    /** Spring Framework 7 with a time-out. */
    @Benchmark
    public Object spring7() throws RetryException {
        return spring7.execute(spring7Body);
    }
}
