package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.autosync.ErrorCode;
import dev.autosync.retry.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedLocksTest {
    private static final Deadline NOW = Deadline.in(Duration.ZERO);

    private final KeyedLocks locks = new KeyedLocks();

    @AfterEach
    void leavesNothingBehind() {
        assertThat(locks.size()).isZero();
        Thread.interrupted();
    }

    private static <T> T elsewhere(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "elsewhere");
        thread.start();
        try {
            return task.get(30, TimeUnit.SECONDS);
        } finally {
            thread.join();
        }
    }

    @Test
    void givesAKeyToOneThreadAtATime() throws Exception {
        try (Hold hold = locks.acquire("a")) {
            assertThat(hold.held()).isTrue();
            assertThat(locks.size()).isEqualTo(1);
            assertThat(locks.holder("a")).contains(Thread.currentThread());
            assertThat(elsewhere(() -> locks.tryAcquire("a"))).isEmpty();
        }
        assertThat(locks.holder("a")).isEmpty();
        assertThat(elsewhere(() -> {
            try (Hold hold = locks.acquire("a")) {
                return hold.held();
            }
        })).isTrue();
    }

    @Test
    void keepsKeysApartWhoseHashCodesAreEqual() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        try (Hold hold = locks.acquire("Aa")) {
            assertThat(elsewhere(() -> {
                try (Hold other = locks.tryAcquire("BB").orElseThrow()) {
                    return other.held() && hold.held();
                }
            })).isTrue();
        }
    }

    @Test
    void isReentrantAndFreeOnlyWhenEveryHoldIsClosed() throws Exception {
        Hold outer = locks.acquire("a");
        Hold inner = locks.acquire("a", NOW);
        assertThat(inner.token()).isEqualTo(outer.token());
        outer.close();
        assertThat(outer.held()).isFalse();
        assertThat(elsewhere(() -> locks.tryAcquire("a"))).isEmpty();
        inner.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void doesNothingWhenAHoldIsClosedTwice() throws Exception {
        Hold outer = locks.acquire("a");
        Hold inner = locks.acquire("a");
        inner.close();
        inner.close();
        assertThat(elsewhere(() -> locks.tryAcquire("a"))).isEmpty();
        outer.close();
        Hold other = locks.acquire("a");
        outer.close();
        assertThat(other.held()).isTrue();
        other.close();
    }

    @Test
    void refusesToBeClosedByAnotherThreadAndStaysHeld() throws Exception {
        Hold hold = locks.acquire("a");
        Throwable refused = elsewhere(() -> catchThrowable(hold::close));
        assertThat(refused).isInstanceOf(IllegalStateException.class).hasMessageContaining("'a'")
                .hasMessageContaining(Thread.currentThread().getName()).hasMessageContaining("elsewhere");
        assertThat(hold.held()).isTrue();
        hold.close();
    }

    @Test
    void refusesNullAndNothing() {
        assertThatThrownBy(() -> locks.acquire(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("key");
        assertThatThrownBy(() -> locks.tryAcquire(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("key");
        assertThatThrownBy(() -> locks.acquire("a", null)).isInstanceOf(NullPointerException.class).hasMessageContaining("deadline");
        assertThatThrownBy(() -> locks.acquireAll(List.of(), NOW)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("keys");
        assertThatThrownBy(() -> locks.acquireAll(Arrays.asList("a", null), NOW)).isInstanceOf(NullPointerException.class)
                .hasMessageContaining("keys");
    }

    @Test
    void saysWhoHasAKeyThatDoesNotBecomeFreeInTime() throws Exception {
        try (Hold hold = locks.acquire("a")) {
            Throwable busy = elsewhere(() -> catchThrowable(() -> locks.acquire("a", Deadline.in(Duration.ofMillis(5)))));
            assertThat(busy).isInstanceOfSatisfying(LockException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY);
                assertThat(e.retryable()).isTrue();
                assertThat(e).hasMessageContaining("'a'").hasMessageContaining(Thread.currentThread().getName());
            });
            assertThat(hold.held()).isTrue();
        }
    }

    @Test
    void saysThatTheThreadThatHasAKeyHasEnded() throws Exception {
        KeyedLocks abandoned = new KeyedLocks();
        elsewhere(() -> abandoned.acquire("a"));
        assertThatThrownBy(() -> abandoned.acquire("a", NOW)).hasMessageContaining("elsewhere").hasMessageContaining("has ended");
    }

    @Test
    void wakesAWaiterWhenTheKeyIsFree() throws Exception {
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            try (Hold hold = locks.acquire("a")) {
                return hold.held();
            }
        });
        Thread thread = new Thread(waiter);
        try (Hold hold = locks.acquire("a")) {
            thread.start();
            awaitParked(thread);
        }
        assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
        thread.join();
    }

    @Test
    void stopsWaitingWhenItIsInterruptedAndLeavesTheKeyToTheNextInLine() throws Exception {
        Throwable[] thrown = new Throwable[1];
        Thread impatient = new Thread(() -> thrown[0] = catchThrowable(() -> locks.acquire("a")));
        FutureTask<Boolean> patient = new FutureTask<>(() -> {
            try (Hold hold = locks.acquire("a")) {
                return hold.held();
            }
        });
        Thread second = new Thread(patient);
        try (Hold hold = locks.acquire("a")) {
            impatient.start();
            awaitParked(impatient);
            second.start();
            awaitParked(second);
            impatient.interrupt();
            impatient.join();
        }
        assertThat(patient.get(30, TimeUnit.SECONDS)).isTrue();
        second.join();
        assertThat(thrown[0]).isInstanceOf(InterruptedException.class);
    }

    @Test
    void givesAFreeKeyToAThreadThatIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        locks.acquire("a").close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void takesSeveralKeysOnceEachAndInOrder() throws Exception {
        try (Hold all = locks.acquireAll(List.of("b", "a", "b"), NOW)) {
            assertThat(locks.size()).isEqualTo(2);
            assertThat(all.held()).isTrue();
            assertThat(elsewhere(() -> locks.tryAcquire("a"))).isEmpty();
            assertThat(elsewhere(() -> locks.tryAcquire("b"))).isEmpty();
        }
    }

    @Test
    void takesNoneOfSeveralKeysIfOneIsBusy() throws Exception {
        try (Hold hold = locks.acquire("b")) {
            Throwable busy = elsewhere(() -> catchThrowable(() -> locks.acquireAll(List.of("c", "a", "b"), Deadline.in(Duration.ofMillis(5)))));
            assertThat(busy).isInstanceOf(LockException.class).hasMessageContaining("'b'");
            assertThat(hold.held()).isTrue();
            assertThat(locks.size()).isEqualTo(1);
        }
    }

    @Test
    void growsItsTokensForEachKeyWhetherItIsTakenAloneOrWithOthers() throws Exception {
        long last = 0;
        for (int i = 0; i < 10; i++) {
            for (List<String> keys : List.of(List.of("a"), List.of("a", "b"), List.of("a"), List.of("c", "a"), List.of("b", "a"))) {
                try (Hold hold = keys.size() == 1 ? locks.acquire("a") : locks.acquireAll(keys, NOW)) {
                    assertThat(hold.token().value()).isGreaterThan(last);
                    last = hold.token().value();
                }
            }
        }
    }

    @Test
    void keepsTheTokensOfAThreadThatTakesItsKeyWithOthersInStep() throws Exception {
        try (Hold outer = locks.acquire("a"); Hold both = locks.acquireAll(List.of("a", "b"), NOW)) {
            assertThat(outer.token()).isEqualTo(both.token());
        }
        try (Hold outer = locks.acquireAll(List.of("a", "b"), NOW); Hold inner = locks.acquireAll(List.of("b", "c"), NOW)) {
            assertThat(outer.token()).isEqualTo(inner.token());
        }
    }

    @Test
    void letsNoUpdateBeLostUnderContention() throws Exception {
        int threads = 4;
        int rounds = 5_000;
        int[] counters = new int[3];
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int seed = t;
            Thread worker = new Thread(() -> {
                try {
                    start.await();
                    for (int i = 0; i < rounds; i++) {
                        int key = (i + seed) % 3;
                        try (Hold hold = i % 5 == 0 ? locks.acquireAll(List.of("2", "" + key), Deadline.none()) : locks.acquire("" + key)) {
                            counters[key]++;
                        }
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            workers.add(worker);
            worker.start();
        }
        start.countDown();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(Arrays.stream(counters).sum()).isEqualTo(threads * rounds);
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
