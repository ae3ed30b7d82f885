package dev.autosync.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackoffTest {
    private static final long FIRST = 100_000_000;
    private static final long CAP = 5_000_000_000L;

    private static List<Long> delays(Jitter jitter) {
        SplittableRandom random = new SplittableRandom(42);
        Backoff backoff = new ExponentialBackoff(FIRST, CAP, jitter);
        List<Long> delays = new ArrayList<>();
        long previous = 0;
        for (int attempt = 1; attempt <= 8; attempt++) {
            previous = backoff.delayNanos(attempt, previous, random);
            delays.add(previous);
        }
        return delays;
    }

    @Test
    void drawsTheReferenceValues() {
        assertThat(delays(Jitter.NONE)).containsExactly(100000000L, 200000000L, 400000000L, 800000000L, 1600000000L, 3200000000L, 5000000000L,
                5000000000L);
        assertThat(delays(Jitter.EQUAL)).containsExactly(83065115L, 114315832L, 383172623L, 592630327L, 1432523635L, 2626500433L,
                3083039520L, 3040077690L);
        assertThat(delays(Jitter.FULL)).containsExactly(80350727L, 88880952L, 207277260L, 560879100L, 851752630L, 328997481L, 985925991L,
                2016982822L);
        assertThat(delays(Jitter.DECORRELATED)).containsExactly(278994046L, 204143854L, 453219433L, 1088469382L, 1722970647L, 4997210744L,
                477703818L, 470872664L);
    }

    @Test
    void growsToTheCapWithoutOverflow() {
        ExponentialBackoff ordinary = new ExponentialBackoff(FIRST, CAP, Jitter.NONE);
        for (int attempt : new int[] {37, 38, 39, 64, 65, 66, 1000, Integer.MAX_VALUE}) {
            assertThat(ordinary.exponential(attempt)).isEqualTo(CAP);
        }
        ExponentialBackoff huge = new ExponentialBackoff(1, Long.MAX_VALUE, Jitter.NONE);
        assertThat(huge.exponential(62)).isEqualTo(2305843009213693952L);
        assertThat(huge.exponential(63)).isEqualTo(4611686018427387904L);
        assertThat(huge.exponential(64)).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.exponential(65)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(Jitter.class)
    void staysBelowTheCapWithoutGatheringThere(Jitter jitter) {
        SplittableRandom random = new SplittableRandom(1);
        long cap = 10_000_000;
        Backoff backoff = new ExponentialBackoff(1_000_000, cap, jitter);
        int atTheCap = 0;
        long previous = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            previous = backoff.delayNanos(9, previous, random);
            assertThat(previous).isBetween(0L, cap);
            atTheCap += previous == cap ? 1 : 0;
        }
        assertThat(atTheCap).isEqualTo(jitter == Jitter.NONE ? 10_000 : 0);
    }

    @ParameterizedTest
    @EnumSource(Jitter.class)
    void drawsUpToTheLongestCapThatAPolicyCanHave(Jitter jitter) {
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofNanos(1)).cap(Duration.ofSeconds(Long.MAX_VALUE)).jitter(jitter);
        long previous = 0;
        SplittableRandom random = new SplittableRandom(3);
        for (int attempt = 1; attempt < 200; attempt++) {
            previous = policy.settings().delays().delayNanos(attempt, previous, random);
            assertThat(previous).isBetween(0L, Deadline.FOREVER_NANOS);
        }
    }

    @Test
    void isFullyJitteredUnlessToldOtherwise() {
        assertThat(RetryPolicy.exponential(Duration.ofMillis(1)).settings().delays()).isInstanceOfSatisfying(ExponentialBackoff.class,
                delays -> assertThat(delays.jitter()).isEqualTo(Jitter.FULL));
    }
}
