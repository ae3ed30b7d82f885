package dev.autosync.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final RetryPolicy ONE_MILLI = RetryPolicy.exponential(Duration.ofMillis(1));

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesDurationsThatAreNotPositive(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        assertThatThrownBy(() -> RetryPolicy.exponential(time)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("first");
        assertThatThrownBy(() -> RetryPolicy.fixed(time)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("delay");
        assertThatThrownBy(() -> ONE_MILLI.cap(time)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cap");
        assertThatThrownBy(() -> ONE_MILLI.deadline(time)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("deadline");
    }

    @Test
    void refusesACapBelowTheFirstDelay() {
        assertThatThrownBy(() -> ONE_MILLI.cap(Duration.ofNanos(999_999))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cap").hasMessageContaining("PT0.001S");
        assertThat(RetryPolicy.exponential(Duration.ofHours(2)).toString()).contains("cap=7200000000000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesFewerAttemptsThanOne(int attempts) {
        assertThatThrownBy(() -> ONE_MILLI.attempts(attempts)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("attempts");
    }

    @Test
    void takesATimeBeyondCountingForNone() throws Exception {
        RetryPolicy policy = ONE_MILLI.deadline(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(policy.settings().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(Retry.of(policy).<Boolean, RuntimeException>call(attempt -> attempt.deadline().isNone())).isTrue();
        assertThat(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE)).isNone()).isTrue();
        assertThat(Deadline.in(Long.MAX_VALUE, TimeUnit.DAYS).isNone()).isTrue();
    }

    @Test
    void refusesADeadlineInThePast() {
        assertThatThrownBy(() -> Deadline.in(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("time");
        assertThatThrownBy(() -> Deadline.in(-1, TimeUnit.SECONDS)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("amount");
        assertThat(Deadline.in(Duration.ZERO).expired()).isTrue();
    }

    @Test
    void refusesJitterAndCapForDelaysThatHaveNone() {
        assertThatThrownBy(() -> RetryPolicy.fixed(Duration.ofMillis(1)).cap(Duration.ofDays(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> RetryPolicy.immediate().jitter(Jitter.FULL)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> RetryPolicy.custom((attempt, previous, random) -> 1).cap(Duration.ofDays(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesBudgetsWithoutAReserveOrWithAnOddRatio() {
        assertThatThrownBy(() -> RetryBudget.of(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("reserve");
        for (double ratio : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> RetryBudget.of(1, ratio)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ratio");
        }
    }

    @Test
    void isNotChangedByItsWithers() {
        RetryPolicy changed = ONE_MILLI.attempts(9);
        assertThat(ONE_MILLI.settings().attempts()).isEqualTo(4);
        assertThat(changed.settings().attempts()).isEqualTo(9);
    }
}
