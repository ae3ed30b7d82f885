package dev.autosync.bench;

import dev.autosync.retry.Retry;
import dev.autosync.retry.RetryPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The delays that a {@link Retry} asks its sleeper for, one after the other.
 *
 * <p>Without a deadline and hints they do not depend on what happens in between. So a whole call is made beforehand, in which every attempt
 * is to be tried again and no time passes; a simulation then takes its delays one by one.
 */
final class RetryDelays {
    private final long[] nanos;
    private int taken;

    private RetryDelays(long[] nanos) {
        this.nanos = nanos;
    }

    /**
     * The delays of one call.
     *
     * @param policy without a deadline; its attempts and conditions do not matter
     * @param random where its chance comes from
     * @param count how many are drawn
     */
    static RetryDelays of(RetryPolicy policy, SplittableRandom random, int count) throws InterruptedException {
        long[] nanos = new long[count];
        int[] attempts = {0};
        // A delay of nothing does not reach the sleeper, and is 0 already.
        Retry retry = Retry.of(policy.attempts(count + 1).onResult(result -> true))
                .random(random)
                .sleeper(delay -> nanos[attempts[0] - 1] = delay);
        retry.call(() -> ++attempts[0]);
        return new RetryDelays(nanos);
    }

    long next() {
        return nanos[taken++];
    }

    /** How many of all, taken or not, are longer than a time. */
    long above(Duration cap) {
        return Arrays.stream(nanos).filter(delay -> delay > cap.toNanos()).count();
    }
}
