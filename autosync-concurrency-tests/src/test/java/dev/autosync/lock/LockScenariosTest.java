package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.retry.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What threads do to each other, one step after the other: nothing here is left to chance. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
public class LockScenariosTest {
    private static final long SECONDS = 8;

    private final KeyedLocks locks = new KeyedLocks();

    @AfterEach
    void nothingIsLeft() {
        assertThat(locks.size()).isZero();
    }

    @Test
    void wakesWhoWaitsWhenTheKeyIsGivenBack() throws Exception {
        Hold hold = locks.acquire("key");
        Other waiter = new Other(() -> take("key"));
        waiter.awaitParked();

        hold.close();

        assertThat(waiter.result()).isEqualTo("held");
    }

    @Test
    void wakesTheNextInLineWhenTheFirstGivesUpJustAsTheKeyIsFree() throws Exception {
        Hold hold = locks.acquire("key");
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger readings = new AtomicInteger();
        // Its deadline is read when it is in line. By then the key is given back, and it is the first to be woken.
        Deadline passesWhenFree = Deadline.in(Duration.ofNanos(1), () -> {
            if (readings.getAndIncrement() == 1) {
                first.countDown();
                awaitUninterrupted(free);
            }
            return readings.get();
        });
        Other impatient = new Other(() -> {
            assertThatThrownBy(() -> locks.acquire("key", passesWhenFree)).isInstanceOf(LockException.class);
            return "gave up";
        });
        assertThat(first.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        Other next = new Other(() -> take("key"));
        next.awaitParked();

        hold.close();
        free.countDown();

        assertThat(impatient.result()).isEqualTo("gave up");
        assertThat(next.result()).isEqualTo("held");
    }

    @Test
    void forgetsWhoGaveUpAtTheDeadline() throws Exception {
        Hold hold = locks.acquire("key");
        Other impatient = new Other(() -> {
            assertThatThrownBy(() -> locks.acquire("key", Patience.expired())).isInstanceOf(LockException.class);
            return "gave up";
        });
        assertThat(impatient.result()).isEqualTo("gave up");

        hold.close();

        assertThat(locks.size()).isZero();
    }

    @Test
    void endsAWaitByAnInterruptAndKeepsNothingOfIt() throws Exception {
        Hold hold = locks.acquire("key");
        Other waiter = new Other(() -> {
            assertThatThrownBy(() -> locks.acquire("key")).isInstanceOf(InterruptedException.class);
            return "interrupted";
        });
        waiter.awaitParked();

        waiter.interrupt();

        assertThat(waiter.result()).isEqualTo("interrupted");
        hold.close();
    }

    @Test
    void excludesNoOtherKeyOfTheSameHash() throws Exception {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        try (Hold hold = locks.acquire("Aa")) {
            assertThat(new Other(() -> take("BB")).result()).isEqualTo("held");
        }
    }

    @Test
    void isHeldUntilItWasGivenBackAsOftenAsItWasTaken() throws Exception {
        try (Hold outer = locks.acquire("key")) {
            locks.acquire("key").close();
            assertThat(locks.holder("key")).contains(Thread.currentThread());
        }
    }

    @Test
    void takesSeveralKeysInOneOrderWhateverTheCallersIs() throws Exception {
        Hold first = locks.acquire("a");
        Other waiter = new Other(() -> {
            try (Hold hold = locks.acquireAll(List.of("b", "a"), Deadline.in(SECONDS, TimeUnit.SECONDS))) {
                return "held";
            }
        });
        waiter.awaitParked();

        assertThat(locks.holder("b")).isEmpty();

        first.close();
        assertThat(waiter.result()).isEqualTo("held");
    }

    @Test
    void givesTheFirstKeyBackWhenTheSecondIsBusy() throws Exception {
        try (Hold hold = locks.acquire("b")) {
            Other impatient = new Other(() -> {
                assertThatThrownBy(() -> locks.acquireAll(List.of("a", "b"), Patience.expired())).isInstanceOf(LockException.class);
                return "gave up";
            });
            assertThat(impatient.result()).isEqualTo("gave up");
            assertThat(locks.holder("a")).isEmpty();
        }
    }

    @Test
    void givesEachGrantAHigherTokenThanThoseBefore() throws Exception {
        long last = 0;
        for (List<String> keys : List.of(List.of("a"), List.of("b"), List.of("b"), List.of("b"), List.of("a", "b"), List.of("a"), List.of("a", "b"))) {
            try (Hold hold = locks.acquireAll(keys, Deadline.none())) {
                assertThat(hold.token().value()).isGreaterThan(keys.contains("a") ? last : 0);
                last = keys.contains("a") ? hold.token().value() : last;
            }
        }
        try (Hold hold = locks.acquire("a")) {
            assertThat(hold.token().value()).isGreaterThan(last);
        }
    }

    @Test
    void letsWhoWritesReadAndWrite() throws Exception {
        ReadMostlyLock lock = new ReadMostlyLock();

        assertThat(lock.<String, RuntimeException>write(() -> lock.read(() -> lock.write(() -> "written")))).isEqualTo("written");
    }

    private String take(String key) throws InterruptedException {
        Deadline deadline = Deadline.in(SECONDS, TimeUnit.SECONDS);
        try (Hold hold = locks.acquire(key, deadline)) {
            return deadline.remainingNanos() < TimeUnit.SECONDS.toNanos(SECONDS) / 2 ? "held, and was never woken" : "held";
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Another thread. */
    private static final class Other {
        private final FutureTask<String> task;
        private final Thread thread;

        Other(Callable<String> what) {
            task = new FutureTask<>(what);
            thread = new Thread(task, "other");
            thread.setDaemon(true);
            thread.start();
        }

        void awaitParked() {
            Deadline deadline = Deadline.in(SECONDS, TimeUnit.SECONDS);
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(deadline.expired()).as("nobody waits").isFalse();
                Thread.onSpinWait();
            }
        }

        void interrupt() {
            thread.interrupt();
        }

        String result() throws Exception {
            return task.get(SECONDS + 2, TimeUnit.SECONDS);
        }
    }
}
