package dev.autosync.retry;

import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call, and makes it again as a {@link RetryPolicy} says.
 *
 * <p>Called by embedding code and by plugins. What the caller gets is what the last attempt gave: its result, or its own exception, of its own
 * type, with the failures of the attempts before it suppressed in it, the earliest first (the first three and the latest seven if there are
 * more). Where attempts were left but not made, a {@link RetryStopped} says why, suppressed in it as well.
 *
 * <p>An interrupt ends the wait at once with an {@link InterruptedException}, in which the latest failure is suppressed; no further attempt is
 * made. A thread that was interrupted before gets its result, and stays interrupted; if its attempt fails and another one would be next, that
 * too ends with an {@link InterruptedException}.
 *
 * <p>Threads: immutable and safe to share, if its sleeper, random source, listener and the functions of its policy are. Cost: without a
 * deadline, a budget and a condition on results a call that succeeds costs what its body costs; a deadline adds one reading of the clock.
 * A retry without a delay allocates nothing.
 *
 * {@snippet class=dev.autosync.examples.RetryExample region=retry}
 *
 * @since 0.1.0
 */
public final class Retry {
    private static final int LATEST_KEPT = 7;

    /* The two that need no explanation, and are seen by listeners only. */
    private static final RetryStopped BY_FAILURE = new RetryStopped(RetryStopped.Reason.FAILURE, "the failure is not to be retried");
    private static final RetryStopped BY_ATTEMPTS = new RetryStopped(RetryStopped.Reason.ATTEMPTS, "all attempts were made");

    private final RetryPolicy.Settings policy;
    private final RetryableFailures failures;
    private final @Nullable LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final @Nullable RandomGenerator random;
    private final @Nullable RetryListener listener;
    private final Deadline outer;

    /** Whether there is nothing to be done on the way in and out of a call that succeeds. */
    private final boolean plain;
    private final boolean timed;

    private Retry(RetryPolicy.Settings policy, @Nullable LongSupplier nanoTime, Sleeper sleeper, @Nullable RandomGenerator random,
            @Nullable RetryListener listener, Deadline outer) {
        this.policy = policy;
        this.failures = new RetryableFailures(policy.named(), policy.failures());
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.random = random;
        this.listener = listener;
        this.outer = outer;
        this.timed = policy.deadline() != Long.MAX_VALUE || !outer.isNone();
        this.plain = policy.results() == null && policy.budget() == null;
    }

    /**
     * What makes calls as a policy says.
     *
     * @param policy the policy
     * @return to be kept and shared
     */
    public static Retry of(RetryPolicy policy) {
        return new Retry(Objects.requireNonNull(policy, "policy").settings(), null, Sleeper.system(), null, null, Deadline.none());
    }

    /**
     * Tells somebody of every attempt that is not good enough.
     *
     * @param to who hears of it
     * @return another one
     */
    public Retry listener(RetryListener to) {
        return new Retry(policy, nanoTime, sleeper, random, Objects.requireNonNull(to, "listener"), outer);
    }

    /**
     * Takes the time from elsewhere.
     *
     * @param to a clock like {@link System#nanoTime()}
     * @return another one
     */
    public Retry clock(LongSupplier to) {
        return new Retry(policy, Objects.requireNonNull(to, "clock"), sleeper, random, listener, outer);
    }

    /**
     * Waits otherwise.
     *
     * @param to lets the time pass; is not called for a delay of 0
     * @return another one
     */
    public Retry sleeper(Sleeper to) {
        return new Retry(policy, nanoTime, Objects.requireNonNull(to, "sleeper"), random, listener, outer);
    }

    /**
     * Takes chance from elsewhere.
     *
     * @param to a source; must be safe to share if this is shared, which {@link java.util.SplittableRandom} is not
     * @return another one
     */
    public Retry random(RandomGenerator to) {
        return new Retry(policy, nanoTime, sleeper, Objects.requireNonNull(to, "random"), listener, outer);
    }

    /**
     * Keeps within a deadline, besides that of the policy. A call that begins after it makes no attempt and throws an
     * {@link IllegalStateException}.
     *
     * @param deadline one moment for all calls
     * @return another one
     */
    public Retry within(Deadline deadline) {
        return new Retry(policy, nanoTime, sleeper, random, listener, outer.earlier(Objects.requireNonNull(deadline, "deadline")));
    }

    /**
     * Keeps within an attempt of a call further out: its deadline, and its budget if it has one. Without this, retries within retries
     * multiply. What is thrown when that deadline has passed is not what the call further out throws in the end, if it has failed before.
     *
     * @param attempt what the body of the other call was given
     * @return another one
     */
    public Retry within(Attempt attempt) {
        RetryBudget budget = attempt.budget();
        return new Retry(budget == null ? policy : policy.budget(budget), nanoTime, sleeper, random, listener,
                outer.earlier(attempt.deadline()));
    }

    /**
     * What is called.
     *
     * @param <T> what it results in
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object, X extends Exception> {

        /**
         * Makes one attempt.
         *
         * @return the result
         * @throws X if it fails
         */
        T call() throws X;
    }

    /**
     * What is called, if it wants to know about the attempt.
     *
     * @param <T> what it results in
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface AttemptBody<T extends @Nullable Object, X extends Exception> {

        /**
         * Makes one attempt.
         *
         * @param attempt which one, and how long it may take
         * @return the result
         * @throws X if it fails
         */
        T call(Attempt attempt) throws X;
    }

    /**
     * What is called, if it has no result.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Action<X extends Exception> {

        /**
         * Makes one attempt.
         *
         * @throws X if it fails
         */
        void run() throws X;
    }

    /**
     * Makes a call.
     *
     * @param body what is called
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X what the last attempt threw
     * @throws InterruptedException if the thread was interrupted before another attempt
     */
    public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X, InterruptedException {
        long end = timed ? end() : 0;
        T result;
        try {
            result = body.call();
        } catch (Throwable failure) {
            return again(body, null, true, end, failure, Retry.<T>noResult());
        }
        return plain || accepted(result) ? result : again(body, null, true, end, null, result);
    }

    /**
     * Makes a call that knows about its attempts.
     *
     * @param body what is called
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X what the last attempt threw
     * @throws InterruptedException if the thread was interrupted before another attempt
     */
    public <T extends @Nullable Object, X extends Exception> T call(AttemptBody<T, X> body) throws X, InterruptedException {
        long end = timed ? end() : 0;
        T result;
        try {
            result = body.call(attempt(1, end));
        } catch (Throwable failure) {
            return again(null, body, true, end, failure, Retry.<T>noResult());
        }
        return plain || accepted(result) ? result : again(null, body, true, end, null, result);
    }

    /**
     * Makes a call that has no result.
     *
     * @param action what is called
     * @param <X> what it may throw
     * @throws X what the last attempt threw
     * @throws InterruptedException if the thread was interrupted before another attempt
     */
    public <X extends Exception> void run(Action<X> action) throws X, InterruptedException {
        call(() -> {
            action.run();
            return Boolean.TRUE;
        });
    }

    /**
     * Makes a call that an interrupt is not to cut short: waits on, makes its attempts, and leaves the thread interrupted.
     *
     * @param body what is called
     * @param <T> what it results in
     * @param <X> what it may throw
     * @return its result
     * @throws X what the last attempt threw
     */
    public <T extends @Nullable Object, X extends Exception> T callUninterruptibly(Body<T, X> body) throws X {
        long end = timed ? end() : 0;
        T result;
        try {
            result = body.call();
        } catch (Throwable failure) {
            return Retry.<T, X>patiently(() -> again(body, null, false, end, failure, Retry.<T>noResult()));
        }
        T first = result;
        return plain || accepted(first) ? first : Retry.<T, X>patiently(() -> again(body, null, false, end, null, first));
    }

    private interface Patient<T extends @Nullable Object, X extends Exception> {
        T call() throws X, InterruptedException;
    }

    private static <T extends @Nullable Object, X extends Exception> T patiently(Patient<T, X> rest) throws X {
        try {
            return rest.call();
        } catch (InterruptedException e) {
            // Nobody but the body itself has thrown it.
            throw Retry.<X>unchecked(e);
        }
    }

    /** What comes after a first attempt that was not good enough: the policy, step by step. */
    private <T extends @Nullable Object, X extends Exception> T again(@Nullable Body<T, X> body, @Nullable AttemptBody<T, X> attemptBody,
            boolean interruptible, long end, @Nullable Throwable firstFailure, T firstResult) throws X, InterruptedException {
        // Kept one by one: a list would be garbage of every call that succeeds in the end.
        Throwable first = null;
        Throwable second = null;
        Throwable third = null;
        Deque<Throwable> later = null;
        Throwable failure = firstFailure;
        T result = firstResult;
        long backoff = 0;
        for (int attempt = 1; ; attempt++) {
            RetryStopped stopped = null;
            long delay = 0;
            try {
                if (failure != null && !failures.contains(failure)) {
                    stopped = BY_FAILURE;
                } else if (attempt >= policy.attempts()) {
                    stopped = BY_ATTEMPTS;
                } else if (interruptible && Thread.interrupted()) {
                    throw new InterruptedException("interrupted before attempt " + (attempt + 1));
                } else {
                    backoff = backoff(attempt, backoff);
                    long hint = failure == null ? -1 : hintNanos(failure);
                    delay = hint < 0 ? backoff : Math.max(backoff, hint);
                    stopped = stop(attempt, delay, hint, end);
                }
                if (listener != null) {
                    listener.failed(new FailedAttempt(attempt, failure, Duration.ofNanos(stopped == null ? delay : 0),
                            stopped == null ? null : stopped.reason()));
                }
                if (stopped == null && delay > 0) {
                    sleep(delay, interruptible);
                }
            } catch (Throwable instead) {
                // An interrupt, or what a function of the caller's own threw.
                Suppressed.add(instead, failure);
                throw Retry.<X>unchecked(instead);
            }
            if (stopped != null) {
                if (failure == null) {
                    return result;
                }
                Throwable before = later != null ? later.getLast() : third != null ? third : second != null ? second : first;
                if (failure instanceof PassedDeadline && before != null) {
                    // A call within this one has made no attempt any more: what went wrong is what went wrong before.
                    Suppressed.add(before, failure);
                    failure = before;
                }
                Suppressed.add(failure, first);
                Suppressed.add(failure, second);
                Suppressed.add(failure, third);
                Suppressed.addAll(failure, later);
                if (stopped != BY_FAILURE && stopped != BY_ATTEMPTS) {
                    Suppressed.add(failure, stopped);
                }
                throw Retry.<X>unchecked(failure);
            }
            if (first == null) {
                first = failure;
            } else if (second == null) {
                second = failure;
            } else if (third == null) {
                third = failure;
            } else if (failure != null) {
                later = Suppressed.keep(later, failure, LATEST_KEPT);
            }
            failure = null;
            try {
                result = body != null ? body.call() : Objects.requireNonNull(attemptBody).call(attempt(attempt + 1, end));
            } catch (Throwable e) {
                failure = e;
            }
            if (failure == null && (plain || accepted(result))) {
                return result;
            }
        }
    }

    /** Why there is no time or no budget for another attempt; null if there is. The budget last: only then is something taken from it. */
    private @Nullable RetryStopped stop(int attempt, long delay, long hint, long end) {
        if (timed) {
            long left = end - now();
            if (left <= delay) {
                return new RetryStopped(RetryStopped.Reason.DEADLINE, "gave up after attempt " + attempt + ": "
                        + (hint < 0 ? "the next one would be made in " : "the other side asks to wait, and the next attempt would be made in ")
                        + Duration.ofNanos(delay) + ", the deadline " + (left > 0 ? "is in " + Duration.ofNanos(left) : "has passed"));
            }
        }
        RetryBudget budget = policy.budget();
        return budget == null || budget.take() ? null
                : new RetryStopped(RetryStopped.Reason.BUDGET, "gave up after attempt " + attempt + ": the shared retry budget is empty");
    }

    private long backoff(int attempt, long previous) {
        long delay = policy.delays().delayNanos(attempt, previous, chance());
        if (delay < 0) {
            throw new IllegalStateException("the backoff gave a negative delay for attempt " + attempt + ": " + delay);
        }
        return delay;
    }

    /** How long the other side asks to wait, drawn apart by the first delay; negative if it does not. */
    private long hintNanos(Throwable failure) {
        Optional<Duration> asked = policy.hint() != null ? policy.hint().apply(failure)
                : failure instanceof RetryAfter known ? known.retryAfter() : Optional.empty();
        if (asked.isEmpty() || asked.get().isNegative()) {
            return -1;
        }
        long nanos = Math.min(Deadline.saturatedNanos(asked.get()), Deadline.FOREVER_NANOS);
        return policy.delays() instanceof ExponentialBackoff delays ? nanos + chance().nextLong(delays.first()) : nanos;
    }

    private void sleep(long delay, boolean interruptible) throws InterruptedException {
        if (interruptible) {
            sleeper.sleep(delay);
        } else {
            sleeper.sleepUninterruptibly(delay);
        }
    }

    /** Whether a result is good enough; if so, everybody who shares the budget has a little more of it. */
    private boolean accepted(@Nullable Object result) {
        if (policy.results() != null && policy.results().test(result)) {
            return false;
        }
        if (policy.budget() != null) {
            policy.budget().succeeded();
        }
        return true;
    }

    private Attempt attempt(int number, long end) {
        return new Attempt(number, timed ? Deadline.at(end, nanoTime == null ? System::nanoTime : nanoTime) : Deadline.none(),
                policy.budget());
    }

    private long end() {
        long mine = policy.deadline();
        long others = outer.remainingNanos();
        if (others <= 0) {
            throw new PassedDeadline();
        }
        return now() + Math.min(mine, others);
    }

    private long now() {
        return nanoTime == null ? System.nanoTime() : nanoTime.getAsLong();
    }

    private RandomGenerator chance() {
        return random == null ? ThreadLocalRandom.current() : random;
    }

    /** Stands for the result of an attempt that has none. */
    @SuppressWarnings("NullAway")
    private static <T extends @Nullable Object> T noResult() {
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException unchecked(Throwable failure) throws X {
        // Erased to Throwable, so that an Error goes through too.
        throw (X) failure;
    }
}
