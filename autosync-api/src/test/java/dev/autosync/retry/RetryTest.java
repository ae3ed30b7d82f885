package dev.autosync.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interrupts, errors and time: each case is one that a peer gets wrong. */
class RetryTest {
    private static final RetryPolicy NOW = RetryPolicy.immediate().attempts(4);
    private static final RetryPolicy SECONDS = RetryPolicy.fixed(Duration.ofSeconds(2)).attempts(4);

    private final FakeTime time = new FakeTime();
    private int calls;

    @AfterEach
    void lowerTheFlag() {
        Thread.interrupted();
    }

    private Retry retry(RetryPolicy policy) {
        return Retry.of(policy).clock(time).sleeper(time).random(new SplittableRandom(42));
    }

    private <X extends Throwable> int fail(X failure) throws X {
        calls++;
        throw failure;
    }

    @Test
    void returnsWhatTheFirstSuccessfulAttemptReturns() throws Exception {
        assertThat(retry(NOW).call(() -> calls < 3 ? fail(new IOException("no " + calls)) : calls)).isEqualTo(3);
    }

    // R1

    @Test
    void endsAtOnceWhenItIsInterruptedWhileItWaits() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        FutureTask<Throwable> call = new FutureTask<>(() -> {
            Throwable thrown = catchThrowable(() -> Retry.of(RetryPolicy.fixed(Duration.ofHours(1))).listener(attempt -> failed.countDown())
                    .call(() -> fail(new IOException("real"))));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return thrown;
        });
        Thread thread = new Thread(call);
        thread.start();
        failed.await();
        thread.interrupt();
        assertThat(call.get(30, TimeUnit.SECONDS)).isInstanceOfSatisfying(InterruptedException.class,
                e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
        assertThat(calls).isEqualTo(1);
    }

    // R2, R3

    static List<Throwable> neverTriedAgain() {
        return List.of(new InterruptedException(), new CancellationException(), new ClosedByInterruptException(),
                new FileLockInterruptionException(), new InterruptedIOException(), new OutOfMemoryError(), new StackOverflowError(),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource
    void neverTriedAgain(Throwable failure) {
        for (RetryPolicy policy : List.of(NOW, NOW.on(Throwable.class), NOW.onFailure(any -> true), NOW.on(IOException.class))) {
            calls = 0;
            assertThatThrownBy(() -> retry(policy).call(() -> {
                calls++;
                throw RetryTest.<RuntimeException>sneaky(failure);
            })).isSameAs(failure);
            assertThat(calls).isEqualTo(1);
            assertThat(failure.getSuppressed()).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    @Test
    void triesAgainWhatOnlyLooksLikeAnInterrupt() {
        assertThatThrownBy(() -> retry(NOW).call(() -> fail(new SocketTimeoutException()))).isInstanceOf(SocketTimeoutException.class);
        assertThat(calls).isEqualTo(4);
    }

    // R4

    @Test
    void triesAgainAnErrorThatIsNamed() {
        assertThatThrownBy(() -> retry(NOW.on(AssertionError.class)).call(() -> fail(new AssertionError()))).isInstanceOf(AssertionError.class);
        assertThat(calls).isEqualTo(4);
        calls = 0;
        assertThatThrownBy(() -> retry(NOW.on(InterruptedIOException.class)).call(() -> fail(new InterruptedIOException())));
        assertThat(calls).isEqualTo(4);
    }

    // R5

    @Test
    void makesNoSecondAttemptOnAThreadThatIsInterruptedAlready() {
        IllegalStateException failure = new IllegalStateException();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> retry(NOW).call(() -> fail(failure))).isInstanceOfSatisfying(InterruptedException.class,
                e -> assertThat(e.getSuppressed()).containsExactly(failure));
        assertThat(calls).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesTheFlagOfAThreadWhoseAttemptSucceeds() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(retry(SECONDS).call(() -> 7)).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }

    // R6

    @Test
    void hasNothingToSuppressInAnInterruptBetweenResults() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> retry(NOW.onResult(Objects::isNull)).call(() -> (String) null))
                .isInstanceOfSatisfying(InterruptedException.class, e -> assertThat(e.getSuppressed()).isEmpty());
    }

    @Test
    void returnsTheLastResultWhenNoneIsGoodEnough() throws Exception {
        assertThat(retry(NOW.onResult(result -> (int) result < 10)).call(() -> ++calls)).isEqualTo(4);
        assertThat(retry(NOW.onResult(result -> (int) result < 6)).call(() -> ++calls)).isEqualTo(6);
    }

    // R7, R8

    @Test
    void throwsTheLastFailureWithTheEarlierOnesSuppressedInOrder() {
        List<IOException> failures = new ArrayList<>();
        assertThatThrownBy(() -> retry(NOW).call(() -> {
            failures.add(new IOException("f" + (failures.size() + 1)));
            return fail(failures.get(failures.size() - 1));
        })).isSameAs(failures.get(3));
        assertThat(failures.get(3).getSuppressed()).containsExactly(failures.get(0), failures.get(1), failures.get(2));
        assertThat(failures.get(2).getSuppressed()).isEmpty();
    }

    @Test
    void keepsTheFirstAndTheLatestOfManyFailures() {
        assertThatThrownBy(() -> retry(NOW.attempts(1000)).call(() -> fail(new IOException("f" + (calls + 1))))).hasMessage("f1000")
                .satisfies(e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage)
                        .containsExactly("f1", "f2", "f3", "f993", "f994", "f995", "f996", "f997", "f998", "f999"));
    }

    @Test
    void addsNothingToAFailureThatIsThrownAgainAndAgain() {
        IOException same = new IOException();
        assertThatThrownBy(() -> retry(NOW).call(() -> fail(same))).isSameAs(same);
        assertThat(same.getSuppressed()).isEmpty();
        assertThat(calls).isEqualTo(4);
    }

    @Test
    void doesNotLetFailuresThatAreKeptForEverGrow() {
        IOException kept = new IOException();
        for (int i = 0; i < 100; i++) {
            calls = 0;
            assertThatThrownBy(() -> retry(NOW).call(() -> calls < 3 ? fail(new IOException()) : fail(kept))).isSameAs(kept);
        }
        assertThat(kept.getSuppressed().length).isLessThanOrEqualTo(16);
    }

    // R9

    @Test
    void handsTheDeadlineToEachAttemptAndStartsNoneThatPassesIt() {
        List<Duration> left = new ArrayList<>();
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(50)).attempts(10).deadline(Duration.ofMillis(200));
        assertThatThrownBy(() -> retry(policy).call(attempt -> {
            assertThat(attempt.number()).isEqualTo(left.size() + 1);
            left.add(attempt.deadline().remaining());
            time.pass(Duration.ofMillis(40).toNanos());
            return fail(new IOException());
        })).isInstanceOf(IOException.class).satisfies(e -> assertThat(stop(e).reason()).isEqualTo(RetryStopped.Reason.DEADLINE));
        assertThat(left).containsExactly(Duration.ofMillis(200), Duration.ofMillis(110), Duration.ofMillis(20));
        assertThat(time.sleeps()).containsExactly(50_000_000L, 50_000_000L);
    }

    @Test
    void givesUpBeforeItWaitsForADeadline() {
        assertThatThrownBy(() -> retry(SECONDS.deadline(Duration.ofMillis(200))).call(() -> {
            time.pass(Duration.ofMillis(700).toNanos());
            return fail(new IOException());
        })).isInstanceOf(IOException.class);
        assertThat(time.sleeps()).isEmpty();
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void countsTheDeadlineRightWhenTheClockWrapsAround() {
        FakeTime late = new FakeTime(Long.MAX_VALUE - 10);
        Deadline deadline = Deadline.in(Duration.ofNanos(100), late);
        late.pass(5);
        assertThat(deadline.remainingNanos()).isEqualTo(95);
        assertThat(deadline.expired()).isFalse();
        late.pass(95);
        assertThat(deadline.expired()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void makesNoAttemptAfterTheDeadlineThatItIsToKeepWithin() {
        Deadline deadline = Deadline.in(Duration.ofNanos(5), time);
        time.pass(5);
        assertThatThrownBy(() -> retry(NOW).within(deadline).call(() -> ++calls)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within");
        assertThat(calls).isZero();
    }

    // R10

    @Test
    void waitsAsLongAsItSaysAlsoBelowAMillisecond() throws Exception {
        for (long nanos : new long[] {1, 100_000, 500_000, 1_400_000}) {
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                Sleeper.system().sleep(nanos);
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
            }
        }
    }

    @Test
    void doesNotSleepAtAllForNoDelay() throws Exception {
        Sleeper none = nanos -> {
            throw new AssertionError("slept " + nanos);
        };
        assertThat(Retry.of(NOW).sleeper(none).call(() -> calls < 3 ? fail(new IOException()) : calls)).isEqualTo(3);
    }

    @Test
    void isNotWokenByAPermitThatWasLeftOver() throws Exception {
        java.util.concurrent.locks.LockSupport.unpark(Thread.currentThread());
        long start = System.nanoTime();
        Sleeper.system().sleep(2_000_000);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    }

    // R13

    @Test
    void keepsEachPolicyToItsOwnSleeper() throws Exception {
        FakeTime other = new FakeTime();
        Retry one = retry(SECONDS);
        Retry two = one.sleeper(other);
        assertThatThrownBy(() -> one.call(() -> fail(new IOException())));
        assertThat(time.sleeps()).hasSize(3);
        assertThat(other.sleeps()).isEmpty();
        assertThatThrownBy(() -> two.call(() -> fail(new IOException())));
        assertThat(time.sleeps()).hasSize(3);
        assertThat(other.sleeps()).hasSize(3);
    }

    // R15, server hints

    private static final class Busy extends IOException implements RetryAfter {
        private static final long serialVersionUID = 1L;
        private final transient Duration after;

        Busy(Duration after) {
            this.after = after;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(after);
        }
    }

    @Test
    void waitsAtLeastAsLongAsTheOtherSideAsks() {
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofMillis(100)).cap(Duration.ofMillis(200)).attempts(20);
        assertThatThrownBy(() -> retry(policy).call(() -> fail(new Busy(Duration.ofSeconds(3))))).isInstanceOf(Busy.class);
        assertThat(time.sleeps()).hasSize(19).allSatisfy(slept -> assertThat(slept).isBetween(3_000_000_000L, 3_099_999_999L));
        assertThat(time.sleeps().stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void readsAHintOutOfAnyFailure() {
        RetryPolicy policy = SECONDS.hint(failure -> Optional.of(Duration.ofSeconds(5)));
        assertThatThrownBy(() -> retry(policy).call(() -> fail(new IOException())));
        assertThat(time.sleeps()).allSatisfy(slept -> assertThat(slept).isGreaterThanOrEqualTo(5_000_000_000L));
    }

    @Test
    void failsNowWhenTheOtherSideAsksForMoreThanThereIs() {
        for (Duration asked : List.of(Duration.ofMinutes(2), Duration.ofSeconds(Long.MAX_VALUE))) {
            calls = 0;
            assertThatThrownBy(() -> retry(SECONDS.deadline(Duration.ofMinutes(1))).call(() -> fail(new Busy(asked))))
                    .isInstanceOf(Busy.class).satisfies(e -> {
                        assertThat(stop(e).reason()).isEqualTo(RetryStopped.Reason.DEADLINE);
                        assertThat(stop(e)).hasMessageContaining("asks to wait");
                    });
            assertThat(calls).isEqualTo(1);
        }
        assertThat(time.sleeps()).isEmpty();
    }

    // R16

    @Test
    void sharesBudgetAndDeadlineWithTheCallFurtherOut() {
        RetryBudget budget = RetryBudget.of(3);
        Retry inner = retry(NOW);
        assertThatThrownBy(() -> retry(NOW.budget(budget)).call(attempt -> {
            try {
                return inner.within(attempt).call(() -> fail(new IOException()));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        })).isInstanceOf(IOException.class);
        assertThat(calls).isEqualTo(4);

        calls = 0;
        RetryPolicy outer = SECONDS.deadline(Duration.ofSeconds(3));
        assertThatThrownBy(() -> retry(outer).call(attempt -> retry(SECONDS).within(attempt).call(() -> fail(new IOException()))));
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void throwsWhatWentWrongAndNotThatThereWasNoTimeForAnotherCallWithin() {
        IOException real = new IOException("real");
        assertThatThrownBy(() -> retry(NOW.deadline(Duration.ofSeconds(1))).call(attempt -> {
            if (attempt.number() == 1) {
                throw real;
            }
            time.pass(Duration.ofSeconds(2).toNanos());
            return retry(NOW).within(attempt).call(() -> fail(new IOException("never made")));
        })).isSameAs(real);
        assertThat(calls).isZero();
    }

    // budget

    @Test
    void makesNoMoreRetriesThanTheSharedBudgetAllows() {
        RetryBudget budget = RetryBudget.of(10);
        for (int call = 0; call < 100; call++) {
            Throwable thrown = catchThrowable(() -> retry(NOW.budget(budget)).call(() -> fail(new IOException())));
            if (call > 3) {
                assertThat(stop(thrown).reason()).isEqualTo(RetryStopped.Reason.BUDGET);
            }
        }
        assertThat(calls).isEqualTo(110);
        assertThat(budget.available()).isZero();
    }

    @Test
    void getsAPartOfARetryBackForEachSuccess() throws Exception {
        RetryBudget budget = RetryBudget.of(2);
        Retry retry = retry(NOW.budget(budget));
        assertThatThrownBy(() -> retry.call(() -> fail(new IOException())));
        assertThat(budget.available()).isZero();
        for (int i = 0; i < 9; i++) {
            retry.call(() -> 1);
        }
        assertThat(budget.available()).isZero();
        retry.call(() -> 1);
        assertThat(budget.available()).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            retry.call(() -> 1);
        }
        assertThat(budget.available()).isEqualTo(2);
    }

    @Test
    void takesNothingFromTheBudgetForARetryThatThereIsNoTimeFor() {
        RetryBudget budget = RetryBudget.of(2);
        assertThatThrownBy(() -> retry(SECONDS.budget(budget).deadline(Duration.ofSeconds(1))).call(() -> fail(new IOException())));
        assertThat(budget.available()).isEqualTo(2);
    }

    // which failures

    @Test
    void triesAgainOnlyWhatThePolicyNames() {
        RetryPolicy policy = NOW.on(FileNotFoundException.class).onFailure(e -> "again".equals(e.getMessage()));
        assertThatThrownBy(() -> retry(policy).call(() -> fail(new IOException("other")))).hasMessage("other");
        assertThat(calls).isEqualTo(1);
        assertThatThrownBy(() -> retry(policy).call(() -> fail(new IOException("again"))));
        assertThat(calls).isEqualTo(5);
        assertThatThrownBy(() -> retry(policy).call(() -> fail(new FileNotFoundException())));
        assertThat(calls).isEqualTo(9);
    }

    @Test
    void triesAgainOnlyFailuresOfOursThatAnotherAttemptMayCure() {
        assertThatThrownBy(() -> retry(NOW).call(() -> fail(new AutoSyncException(ErrorCode.WORKSPACE_BUSY, "m"))));
        assertThat(calls).isEqualTo(4);
        assertThatThrownBy(() -> retry(NOW).call(() -> fail(new AutoSyncException(ErrorCode.CONFIG_SYNTAX, "m"))));
        assertThat(calls).isEqualTo(5);
    }

    @Test
    void keepsTheTypeOfTheBodysOwnException() {
        // Compiles only because nothing else is thrown.
        try {
            retry(NOW).<Integer, FileNotFoundException>call(() -> fail(new FileNotFoundException("f")));
        } catch (FileNotFoundException e) {
            assertThat(e).hasMessage("f");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(calls).isEqualTo(4);
    }

    // listeners, and what they and predicates throw

    @Test
    void tellsItsListenerWhatFailedAndWhatComesNext() {
        List<String> heard = new ArrayList<>();
        assertThatThrownBy(() -> retry(SECONDS.attempts(2)).listener(attempt -> heard.add(attempt.toString()))
                .call(() -> fail(new IOException("f" + (calls + 1)))));
        assertThat(heard).containsExactly("attempt 1 failed: java.io.IOException: f1; next in PT2S",
                "attempt 2 failed: java.io.IOException: f2; no other: ATTEMPTS");
    }

    @Test
    void lendsTheFailureToWhateverAListenerThrows() {
        IOException failure = new IOException();
        IllegalArgumentException bug = new IllegalArgumentException();
        assertThatThrownBy(() -> retry(NOW).listener(attempt -> {
            throw bug;
        }).call(() -> fail(failure))).isSameAs(bug);
        assertThat(bug.getSuppressed()).containsExactly(failure);
    }

    @Test
    void saysThatABackoffOfOnesOwnGivesNoDelay() {
        IOException failure = new IOException();
        assertThatThrownBy(() -> retry(RetryPolicy.custom((attempt, previous, random) -> -1)).call(() -> fail(failure)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("negative").satisfies(
                        e -> assertThat(e.getSuppressed()).containsExactly(failure));
    }

    // without interrupts

    @Test
    void goesOnWhenItIsNotToBeInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(Retry.of(RetryPolicy.fixed(Duration.ofMillis(2))).callUninterruptibly(() -> ++calls < 4 ? failUnchecked() : calls))
                .isEqualTo(4);
        assertThat(Thread.interrupted()).isTrue();
    }

    private int failUnchecked() {
        throw new IllegalStateException();
    }

    @Test
    void handsOnAnInterruptThatTheBodyItselfThrowsWhenItIsNotToBeInterrupted() {
        InterruptedException own = new InterruptedException();
        assertThatThrownBy(() -> retry(NOW).callUninterruptibly(() -> calls < 2 ? fail(new IOException()) : fail(own))).isSameAs(own);
        assertThat(calls).isEqualTo(3);
    }

    // nothing to return

    @Test
    void runsWhatHasNoResult() throws Exception {
        retry(NOW).run(() -> {
            if (++calls < 3) {
                throw new IOException();
            }
        });
        assertThat(calls).isEqualTo(3);
    }

    private static RetryStopped stop(Throwable failure) {
        return (RetryStopped) List.of(failure.getSuppressed()).stream().filter(e -> e instanceof RetryStopped).findFirst().orElseThrow();
    }
}
