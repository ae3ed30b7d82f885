package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.autosync.retry.Jitter;
import dev.autosync.retry.RetryBudget;
import dev.autosync.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContentionTest {

    @Test
    void theSameSeedGivesTheSameOutcome() throws Exception {
        assertThat(outcome(Jitter.FULL, 1)).isEqualTo(outcome(Jitter.FULL, 1));
        assertThat(outcome(Jitter.FULL, 1)).isNotEqualTo(outcome(Jitter.FULL, 2));
    }

    @Test
    void aClientAloneReadsWritesAndIsDoneAfterFourMessages() throws Exception {
        Contention.Outcome outcome = Contention.of(JitterBench.clients(policy(Jitter.NONE), 1, 1), 1);

        assertThat(outcome.calls()).isEqualTo(2);
        assertThat(outcome.time().toMillis()).isBetween(28L, 52L);
    }

    /** Published with the model: 6,105 calls and 1,919 ms. */
    @Test
    void clientsThatDoNotWaitTakeAsLongAsInTheModelThatIsPublished() throws Exception {
        Samples calls = new Samples();
        Samples millis = new Samples();
        for (int seed = 1; seed <= JitterBench.SEEDS; seed++) {
            List<RetryDelays> impatient = new ArrayList<>();
            for (int i = 0; i < JitterBench.CLIENTS; i++) {
                impatient.add(RetryDelays.of(RetryPolicy.immediate(), new SplittableRandom(i), 200));
            }
            Contention.Outcome outcome = Contention.of(impatient, seed);
            calls.add(outcome.calls());
            millis.add(outcome.time());
        }

        assertThat(calls.mean()).isCloseTo(6_105, withPercentage(25));
        assertThat(millis.mean()).isCloseTo(1_919, withPercentage(10));
    }

    @Test
    void theKindsOfJitterComeInTheOrderThatIsPublished() throws Exception {
        Map<Jitter, Samples> calls = new EnumMap<>(Jitter.class);
        Map<Jitter, Samples> millis = new EnumMap<>(Jitter.class);
        for (Jitter jitter : Jitter.values()) {
            for (int seed = 1; seed <= JitterBench.SEEDS; seed++) {
                Contention.Outcome outcome = outcome(jitter, seed);
                calls.computeIfAbsent(jitter, j -> new Samples()).add(outcome.calls());
                millis.computeIfAbsent(jitter, j -> new Samples()).add(outcome.time());
            }
        }

        assertThat(inOrder(calls)).containsExactly(Jitter.FULL, Jitter.EQUAL, Jitter.DECORRELATED, Jitter.NONE);
        assertThat(inOrder(millis)).containsExactly(Jitter.DECORRELATED, Jitter.FULL, Jitter.EQUAL, Jitter.NONE);
    }

    @Test
    void delaysAreThoseOfARealCall() throws Exception {
        RetryDelays delays = RetryDelays.of(policy(Jitter.NONE), new SplittableRandom(1), 12);

        assertThat(List.of(delays.next(), delays.next(), delays.next())).containsExactly(5_000_000L, 10_000_000L, 20_000_000L);
        assertThat(delays.above(Duration.ofMillis(640))).isEqualTo(4);
        assertThat(delays.above(JitterBench.CAP)).isZero();
    }

    @Test
    void moreDelaysThanWereDrawnAreAnError() throws Exception {
        RetryDelays delays = RetryDelays.of(policy(Jitter.NONE), new SplittableRandom(1), 1);
        delays.next();

        assertThatThrownBy(delays::next).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aBudgetIsWhatKeepsTheLoadDown() throws Exception {
        assertThat(JitterBench.amplification(RetryPolicy.immediate().attempts(4))).isCloseTo(4.0, within(1e-9));
        assertThat(JitterBench.amplification(RetryPolicy.immediate().attempts(4).budget(RetryBudget.of(10))))
                .isCloseTo(1.1, within(1e-9));
    }

    private static RetryPolicy policy(Jitter jitter) {
        return RetryPolicy.exponential(JitterBench.FIRST).cap(JitterBench.CAP).jitter(jitter);
    }

    private static Contention.Outcome outcome(Jitter jitter, long seed) throws InterruptedException {
        return Contention.of(JitterBench.clients(policy(jitter), JitterBench.CLIENTS, seed), seed);
    }

    private static List<Jitter> inOrder(Map<Jitter, Samples> figures) {
        return figures.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.comparingDouble(Samples::mean)))
                .map(Map.Entry::getKey).toList();
    }
}
