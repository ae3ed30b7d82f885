package dev.autosync.retry;

import dev.autosync.AutoSyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a call is made again, how often, and after which time.
 *
 * <p>Called by embedding code and by plugins; {@link Retry} carries it out. Every method returns another policy. What it leaves open:
 * 4 attempts, {@link Jitter#FULL}, delays of at most 30 seconds, no deadline, every exception but an {@link AutoSyncException} that is not
 * {@link AutoSyncException#retryable() retryable}. Threads: immutable, as far as the functions given to it are.
 *
 * <p>Never tried again, whatever a policy names: {@link InterruptedException}, {@link java.util.concurrent.CancellationException}, a channel
 * that an interrupt has closed. Only where {@link #on} names the class itself, or one between it and the failure's: an {@link Error}, and a
 * {@link java.io.InterruptedIOException} that is no {@link java.net.SocketTimeoutException}.
 *
 * @since 0.1.0
 */
public final class RetryPolicy {
    private static final int DEFAULT_ATTEMPTS = 4;
    private static final long DEFAULT_CAP_NANOS = Duration.ofSeconds(30).toNanos();

    private final Settings settings;

    private RetryPolicy(Settings settings) {
        this.settings = settings;
    }

    /**
     * A policy whose delays double.
     *
     * @param first the first delay before jitter, more than 0
     * @return the policy
     * @throws IllegalArgumentException if {@code first} is not positive
     */
    public static RetryPolicy exponential(Duration first) {
        long nanos = Math.min(positive(first, "first"), Deadline.FOREVER_NANOS);
        return new RetryPolicy(Settings.DEFAULT.delays(new ExponentialBackoff(nanos, Math.max(nanos, DEFAULT_CAP_NANOS), Jitter.FULL)));
    }

    /**
     * A policy whose delays are all the same.
     *
     * @param delay the delay, more than 0
     * @return the policy, without jitter
     * @throws IllegalArgumentException if {@code delay} is not positive
     */
    public static RetryPolicy fixed(Duration delay) {
        return custom(new FixedBackoff(Math.min(positive(delay, "delay"), Deadline.FOREVER_NANOS)));
    }

    /**
     * A policy that does not wait at all.
     *
     * @return the policy
     */
    public static RetryPolicy immediate() {
        return new RetryPolicy(Settings.DEFAULT.delays((attempt, previous, random) -> 0));
    }

    /**
     * A policy with delays of one's own.
     *
     * @param backoff tells them
     * @return the policy
     */
    public static RetryPolicy custom(Backoff backoff) {
        return new RetryPolicy(Settings.DEFAULT.delays(Objects.requireNonNull(backoff, "backoff")));
    }

    /**
     * How often the call is made at most.
     *
     * @param attempts with the first one, 1 or more; {@link Integer#MAX_VALUE} for no limit
     * @return another policy
     * @throws IllegalArgumentException if {@code attempts} is below 1
     */
    public RetryPolicy attempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, was " + attempts);
        }
        return new RetryPolicy(settings.attempts(attempts));
    }

    /**
     * The longest delay, with jitter.
     *
     * @param cap the first delay or more
     * @return another policy
     * @throws IllegalArgumentException if {@code cap} is below the first delay
     * @throws IllegalStateException if the policy is not an exponential one
     */
    public RetryPolicy cap(Duration cap) {
        ExponentialBackoff delays = exponentialDelays("cap");
        long nanos = Math.min(positive(cap, "cap"), Deadline.FOREVER_NANOS);
        if (nanos < delays.first()) {
            throw new IllegalArgumentException("cap must not be below the first delay, " + Duration.ofNanos(delays.first()) + ", was " + cap);
        }
        return new RetryPolicy(settings.delays(new ExponentialBackoff(delays.first(), nanos, delays.jitter())));
    }

    /**
     * How delays are drawn apart.
     *
     * @param jitter the kind
     * @return another policy
     * @throws IllegalStateException if the policy is not an exponential one
     */
    public RetryPolicy jitter(Jitter jitter) {
        Objects.requireNonNull(jitter, "jitter");
        ExponentialBackoff delays = exponentialDelays("jitter");
        return new RetryPolicy(settings.delays(new ExponentialBackoff(delays.first(), delays.cap(), jitter)));
    }

    /**
     * How long the whole call may take. It is handed to every attempt; no attempt starts and no wait begins that would pass it. A body that
     * does not look at it is not stopped.
     *
     * @param time more than 0; more than 146 years is none
     * @return another policy
     * @throws IllegalArgumentException if {@code time} is not positive
     */
    public RetryPolicy deadline(Duration time) {
        return new RetryPolicy(settings.deadline(positive(time, "deadline")));
    }

    /**
     * Tries again on failures of these classes, and on no other unless that is named too.
     *
     * @param failures their classes
     * @return another policy
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final RetryPolicy on(Class<? extends Throwable>... failures) {
        for (Class<? extends Throwable> failure : failures) {
            Objects.requireNonNull(failure, "failures must not hold null");
        }
        List<Class<? extends Throwable>> named = new ArrayList<>(settings.named());
        named.addAll(List.of(failures));
        return new RetryPolicy(settings.named(List.copyOf(named)));
    }

    /**
     * Tries again on failures that fulfil a condition, and on no other unless that is named too. The condition is not asked about what is
     * never tried again.
     *
     * @param condition true for a failure that another attempt may cure
     * @return another policy
     */
    public RetryPolicy onFailure(Predicate<? super Throwable> condition) {
        Objects.requireNonNull(condition, "condition");
        Predicate<? super Throwable> earlier = settings.failures();
        return new RetryPolicy(settings.failures(earlier == null ? condition : failure -> earlier.test(failure) || condition.test(failure)));
    }

    /**
     * Tries again on results that fulfil a condition. When no attempts are left the last result is returned.
     *
     * @param condition true for a result that is not good enough; is asked about null too
     * @return another policy
     */
    public RetryPolicy onResult(Predicate<? super @Nullable Object> condition) {
        return new RetryPolicy(settings.results(Objects.requireNonNull(condition, "condition")));
    }

    /**
     * How long a failure asks to wait. Without this, failures that implement {@link RetryAfter} are asked. What they ask for is the least:
     * it may be longer than the cap, never than the time left until the deadline.
     *
     * @param hint reads it out of a failure
     * @return another policy
     */
    public RetryPolicy hint(Function<? super Throwable, Optional<Duration>> hint) {
        return new RetryPolicy(settings.hint(Objects.requireNonNull(hint, "hint")));
    }

    /**
     * What this call may spend on retries together with others.
     *
     * @param budget shared by all calls of one other side
     * @return another policy
     */
    public RetryPolicy budget(RetryBudget budget) {
        return new RetryPolicy(settings.budget(Objects.requireNonNull(budget, "budget")));
    }

    Settings settings() {
        return settings;
    }

    private ExponentialBackoff exponentialDelays(String what) {
        if (settings.delays() instanceof ExponentialBackoff delays) {
            return delays;
        }
        throw new IllegalStateException("only a policy made by exponential(...) has a " + what);
    }

    private static long positive(Duration time, String name) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0, was " + time);
        }
        return Deadline.saturatedNanos(time);
    }

    @Override
    public String toString() {
        return "RetryPolicy[attempts=" + settings.attempts() + ", delays=" + settings.delays() + ", deadline="
                + (settings.deadline() == Long.MAX_VALUE ? "none" : Duration.ofNanos(settings.deadline())) + ']';
    }

    /**
     * What a policy says.
     *
     * @param deadline nanoseconds; {@link Long#MAX_VALUE} for none
     * @param named classes of failures; empty if none was named
     * @param failures further failures; null if none was named
     * @param results results that are not good enough; null if all are
     * @param hint null asks {@link RetryAfter}
     * @param budget null for none
     */
    record Settings(Backoff delays, int attempts, long deadline, List<Class<? extends Throwable>> named,
            @Nullable Predicate<? super Throwable> failures, @Nullable Predicate<? super @Nullable Object> results,
            @Nullable Function<? super Throwable, Optional<Duration>> hint, @Nullable RetryBudget budget) {
        static final Settings DEFAULT = new Settings((attempt, previous, random) -> 0, DEFAULT_ATTEMPTS, Long.MAX_VALUE, List.of(), null,
                null, null, null);

        Settings delays(Backoff to) {
            return new Settings(to, attempts, deadline, named, failures, results, hint, budget);
        }

        Settings attempts(int to) {
            return new Settings(delays, to, deadline, named, failures, results, hint, budget);
        }

        Settings deadline(long to) {
            return new Settings(delays, attempts, to >= Deadline.FOREVER_NANOS ? Long.MAX_VALUE : to, named, failures, results, hint, budget);
        }

        Settings named(List<Class<? extends Throwable>> to) {
            return new Settings(delays, attempts, deadline, to, failures, results, hint, budget);
        }

        Settings failures(Predicate<? super Throwable> to) {
            return new Settings(delays, attempts, deadline, named, to, results, hint, budget);
        }

        Settings results(Predicate<? super @Nullable Object> to) {
            return new Settings(delays, attempts, deadline, named, failures, to, hint, budget);
        }

        Settings hint(Function<? super Throwable, Optional<Duration>> to) {
            return new Settings(delays, attempts, deadline, named, failures, results, to, budget);
        }

        Settings budget(RetryBudget to) {
            return new Settings(delays, attempts, deadline, named, failures, results, hint, to);
        }
    }
}
