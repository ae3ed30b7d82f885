package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.lock.ProcessLock.Held;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Within one process; what several do is in the torture tests of the engine. */
@Timeout(60)
class ProcessLockTest {
    @TempDir
    Path folder;

    @AfterEach
    void lowerTheFlag() {
        Thread.interrupted();
    }

    private ProcessLock lock() {
        return ProcessLock.on(folder.resolve("lock"));
    }

    @Test
    void isHeldOnceWhateverPathLeadsToItsFile() throws Exception {
        try (Held held = lock().acquire(Deadline.none())) {
            assertThat(held.valid()).isTrue();
            Path link = Files.createLink(folder.resolve("link"), folder.resolve("lock"));
            Path alias = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-alias"), folder);
            try {
                for (Path path : List.of(folder.resolve("lock"), folder.resolve("../" + folder.getFileName() + "/lock"), link,
                        alias.resolve("lock"))) {
                    assertThat(ProcessLock.on(path).tryAcquire()).as("%s", path).isEmpty();
                }
            } finally {
                Files.delete(alias);
            }
            assertThat(held.valid()).isTrue();
        }
        lock().tryAcquire().orElseThrow().close();
    }

    @Test
    void leavesTheFileEmptyAndNothingElse() throws Exception {
        lock().acquire(Deadline.none()).close();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("lock"));
        }
        assertThat(folder.resolve("lock")).isEmptyFile();
    }

    @Test
    void isFreeAfterItWasClosedTwice() throws Exception {
        Held first = lock().acquire(Deadline.none());
        first.close();
        assertThat(first.valid()).isFalse();
        Held second = lock().acquire(Deadline.none());
        first.close();
        assertThat(second.valid()).isTrue();
        second.close();
    }

    @Test
    void saysThatItIsBusyWhenTheDeadlineHasPassed() throws Exception {
        try (Held held = lock().acquire(Deadline.none())) {
            for (Duration wait : List.of(Duration.ZERO, Duration.ofMillis(5))) {
                assertThatThrownBy(() -> lock().acquire(Deadline.in(wait))).isInstanceOfSatisfying(LockException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY));
                assertThatThrownBy(() -> lock().acquireUninterruptibly(Deadline.in(wait))).isInstanceOf(LockException.class);
            }
            assertThat(held.valid()).isTrue();
        }
    }

    @Test
    void survivesAnInterruptOfItsHolder() throws Exception {
        Thread.currentThread().interrupt();
        try (Held held = lock().acquire(Deadline.none())) {
            assertThat(held.valid()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(held.valid()).isTrue();
        }
        lock().acquireUninterruptibly(Deadline.none()).close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Void> waiter = new FutureTask<>(() -> {
            waiting.countDown();
            assertThatThrownBy(() -> lock().acquire(Deadline.none())).isInstanceOf(InterruptedException.class);
            return null;
        });
        Thread thread = new Thread(waiter);
        try (Held held = lock().acquire(Deadline.none())) {
            thread.start();
            waiting.await();
            thread.interrupt();
            waiter.get(30, TimeUnit.SECONDS);
            assertThat(held.valid()).isTrue();
        }
    }

    @Test
    void knowsThatItsFileWasDeletedOrReplaced() throws Exception {
        try (Held held = lock().acquire(Deadline.none())) {
            Files.delete(folder.resolve("lock"));
            assertThat(held.valid()).isFalse();
            try (Held next = lock().acquire(Deadline.none())) {
                assertThat(next.valid()).isTrue();
                assertThat(held.valid()).isFalse();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsThatSomebodyInThisProcessHasOpenedItsFile() throws Exception {
        try (Held held = lock().acquire(Deadline.none())) {
            Files.readAllBytes(folder.resolve("lock"));
            assertThat(held.valid()).isFalse();
        }
        lock().acquire(Deadline.none()).close();
    }

    @Test
    void isTakenAwayByForce() throws Exception {
        try (Held held = lock().acquire(Deadline.none()); Held forced = lock().force()) {
            assertThat(held.valid()).isFalse();
            assertThat(forced.valid()).isTrue();
            assertThat(lock().tryAcquire()).isEmpty();
            held.close();
            assertThat(forced.valid()).isTrue();
            assertThat(lock().tryAcquire()).isEmpty();
        }
        lock().acquire(Deadline.none()).close();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("lock"));
        }
    }

    @Test
    void locksNothingThatIsNoRegularFile() throws Exception {
        Files.createSymbolicLink(folder.resolve("lock"), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> lock().tryAcquire()).isInstanceOf(IOException.class).hasMessageContaining("regular");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThatThrownBy(() -> ProcessLock.on(folder).tryAcquire()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcessLock.on(folder.resolve("missing/lock")).tryAcquire()).isInstanceOf(IOException.class);
    }

    @Test
    void isNeverHeldWithoutBeingLockedWhateverBecomesOfItsFile() throws Exception {
        AtomicInteger unlocked = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                while (!over.get()) {
                    try (Held held = lock().acquireUninterruptibly(Deadline.in(Duration.ofMillis(20)))) {
                        if (!held.valid() && held.inPlace()) {
                            unlocked.incrementAndGet();
                        }
                    } catch (LockException e) {
                        // Somebody else was quicker.
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (int i = 0; i < 500; i++) {
            lock().force().close();
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(unlocked.get()).isZero();
    }

    @Test
    void isNotThoughtLostWhileOtherLocksComeAndGo() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread others = new Thread(() -> {
            try {
                for (int i = 0; !over.get(); i = (i + 1) % 100) {
                    ProcessLock.on(folder.resolve("other" + i)).acquire(Deadline.none()).close();
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try (Held held = lock().acquire(Deadline.none())) {
            others.start();
            for (int i = 0; i < 500; i++) {
                assertThat(held.valid()).isTrue();
            }
        } finally {
            over.set(true);
            others.join();
        }
    }
}
