package dev.autosync.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.lock.WorkspaceLock.Lease;
import dev.autosync.lock.LockException;
import dev.autosync.lock.LockOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLockTest {
    @TempDir
    Path root;

    private WorkspaceLock lock;

    @BeforeEach
    void open() {
        lock = lockOn(root);
    }

    private static WorkspaceLock lockOn(Path root) {
        return new WorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC());
    }

    @Test
    void isHeldByOneInThisProcessWhateverPathTheyCameBy() throws Exception {
        Path alias = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-alias"), root);
        try (Lease lease = lock.acquire(Duration.ZERO, 0)) {
            assertThat(lease.token().value()).isEqualTo(1);
            assertThat(lock.tryAcquire(0)).isEmpty();
            assertThat(lockOn(alias).tryAcquire(0)).isEmpty();
            assertThatThrownBy(() -> lock.acquire(Duration.ofMillis(5), 0)).isInstanceOf(LockException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .extracting(e -> ((LockException) e).code()).isEqualTo(ErrorCode.WORKSPACE_BUSY);
        } finally {
            Files.delete(alias);
        }
        lock.acquire(Duration.ZERO, 0).close();
    }

    @Test
    void locksNoFileThatALinkNames() throws Exception {
        Path outside = root.resolveSibling(root.getFileName() + "-outside");
        Files.createDirectory(root.resolve(".autosync"));
        Files.createSymbolicLink(root.resolve(".autosync/lock"), outside);
        assertThatThrownBy(() -> lock.tryAcquire(0)).hasMessageContaining("lock").hasMessageContaining("AS-1303");
        assertThat(outside).doesNotExist();
    }

    @Test
    void doesNotBelieveARecordThatLeavesNoHigherToken() throws Exception {
        lock.acquire(Duration.ZERO, 0).close();
        Path owner = root.resolve(".autosync/owner.json");
        String record = Files.readString(owner);
        assertThat(record).contains("\"token\" : 1");
        Files.writeString(owner, record.replace("\"token\" : 1", "\"token\" : " + (Long.MAX_VALUE - 1)));
        try (Lease lease = lock.acquire(Duration.ZERO, 7)) {
            assertThat(lease.token().value()).isEqualTo(8);
        }
    }

    @Test
    void growsItsTokenWithEveryGrantAndAboveWhatTheStoreKnows() throws Exception {
        for (long expected = 1; expected <= 3; expected++) {
            try (Lease lease = lock.acquire(Duration.ZERO, 0)) {
                assertThat(lease.token().value()).isEqualTo(expected);
            }
        }
        try (Lease lease = lock.acquire(Duration.ZERO, 41)) {
            assertThat(lease.token().value()).isEqualTo(42);
        }
        try (Lease lease = lock.acquire(Duration.ZERO, 7)) {
            assertThat(lease.token().value()).isEqualTo(43);
        }
    }

    @Test
    void saysWhichOtherProcessHoldsItAndWhatThatDoes() throws Exception {
        try (ChildJvm child = ChildJvm.start(LockHolder.class, root.toString())) {
            String pid = child.lineWith("held").split(" ")[2];

            assertThatThrownBy(() -> lock.acquire(Duration.ZERO, 0)).isInstanceOfSatisfying(LockException.class, busy -> {
                LockOwner owner = busy.owner().orElseThrow();
                assertThat(owner.pid()).isEqualTo(Long.parseLong(pid));
                assertThat(owner.phase()).isEqualTo("gate");
                assertThat(owner.state()).isEqualTo(LockOwner.State.ALIVE);
                assertThat(busy).hasMessageContaining(pid).hasMessageContaining("alive").hasMessageContaining("AS-1302");
                assertThat(busy.retryable()).isTrue();
            });

            child.kill();
            try (Lease lease = lock.acquire(Duration.ofSeconds(10), 0)) {
                assertThat(lease.token().value()).isEqualTo(2);
            }
        }
    }

    @Test
    void isTakenByAWaiterWhenItIsFree() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Long> waiter = new FutureTask<>(() -> {
            waiting.countDown();
            try (Lease lease = lockOn(root).acquire(Duration.ofSeconds(30), 0)) {
                return lease.token().value();
            }
        });
        Thread thread = new Thread(waiter);
        try (Lease lease = lock.acquire(Duration.ZERO, 0)) {
            thread.start();
            waiting.await();
        }
        assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() throws Exception {
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            try (Lease lease = lockOn(root).acquire(Duration.ofMinutes(5), 0)) {
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        });
        Thread thread = new Thread(waiter);
        try (Lease lease = lock.acquire(Duration.ZERO, 0)) {
            thread.start();
            thread.interrupt();
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(lease.token().value()).isEqualTo(1);
        }
    }

    @Test
    void survivesAnInterruptOfItsHolder() throws Exception {
        try (Lease lease = lock.acquire(Duration.ZERO, 0)) {
            Thread.currentThread().interrupt();
            lease.phase("gate");
            assertThat(Thread.interrupted()).isTrue();
            try (ChildJvm child = ChildJvm.start(LockHolder.class, root.toString())) {
                assertThat(child.lineWith("Exception in thread")).contains("LockException");
            }
        }
    }

    @Test
    void readsTheStartTickBehindTheLastParenthesis() {
        assertThat(ProcessIdentity.startTickOf("1234 (a) b) S 1 1234 1234 0 -1 4194304 100 0 0 0 5 3 0 0 20 0 1 0 94197 1000 200"))
                .isEqualTo(94197);
        assertThat(ProcessIdentity.startTickOf("")).isEqualTo(-1);
    }

    @Test
    void takesAnOwnerForDeadOnlyIfThatIsCertain() {
        ProcessIdentity here = ProcessIdentity.current();
        assertThat(here.stateOf(here)).isEqualTo(LockOwner.State.ALIVE);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), here.bootId(), here.namespace(), here.pid(), here.startTick() + 1)))
                .isEqualTo(LockOwner.State.DEAD);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), "other boot", here.namespace(), here.pid(), here.startTick())))
                .isEqualTo(LockOwner.State.DEAD);
        assertThat(here.stateOf(new ProcessIdentity("elsewhere", here.bootId(), here.namespace(), here.pid(), here.startTick())))
                .isEqualTo(LockOwner.State.UNKNOWN);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), here.bootId(), "pid:[1]", here.pid(), here.startTick())))
                .isEqualTo(LockOwner.State.UNKNOWN);
    }
}
