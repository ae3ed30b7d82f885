package dev.autosync.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.FencingToken;
import dev.autosync.lock.LockException;
import dev.autosync.lock.LockOwner;
import dev.autosync.retry.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLockTest {
    private static final Deadline NOW = Deadline.in(Duration.ZERO);

    @TempDir
    Path root;

    private FileWorkspaceLock lock;

    @BeforeEach
    void open() {
        lock = lockOn(root);
    }

    private static FileWorkspaceLock lockOn(Path root) {
        return new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC(), null);
    }

    private static FencingToken max(FencingToken one, long other) {
        return new FencingToken(Math.max(one.value(), other));
    }

    @Test
    void isHeldByOneInThisProcessWhateverPathTheyCameBy() throws Exception {
        Path alias = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-alias"), root);
        try (Lease lease = lock.acquire(NOW)) {
            assertThat(lease.token().value()).isEqualTo(1);
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(lockOn(alias).tryAcquire()).isEmpty();
            assertThatThrownBy(() -> lock.acquire(Deadline.in(Duration.ofMillis(5)))).isInstanceOf(LockException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .extracting(e -> ((LockException) e).code()).isEqualTo(ErrorCode.WORKSPACE_BUSY);
        } finally {
            Files.delete(alias);
        }
        lock.acquire(NOW).close();
    }

    @Test
    void locksNoFileThatALinkNames() throws Exception {
        Path outside = root.resolveSibling(root.getFileName() + "-outside");
        Files.createDirectory(root.resolve(".autosync"));
        Files.createSymbolicLink(root.resolve(".autosync/lock"), outside);
        assertThatThrownBy(() -> lock.tryAcquire()).hasMessageContaining("lock").hasMessageContaining("AS-1303");
        assertThat(outside).doesNotExist();
    }

    @Test
    void doesNotBelieveATokenThatLeavesNoHigherOneOrIsNone() throws Exception {
        for (String token : new String[] {"" + (Long.MAX_VALUE - 1), "-3", "many", "", "1\u0000", "9".repeat(40)}) {
            lock.acquire(NOW).close();
            Files.writeString(root.resolve(".autosync/token"), token);
            try (Lease lease = lock.acquire(NOW, atLeast -> max(atLeast, 8))) {
                assertThat(lease.token().value()).as(token).isEqualTo(8);
            }
        }
    }

    @Test
    void growsItsTokenWithEveryGrantAndAboveWhatTheStoreKnows() throws Exception {
        for (long expected = 1; expected <= 3; expected++) {
            try (Lease lease = lock.acquire(NOW)) {
                assertThat(lease.token().value()).isEqualTo(expected);
            }
        }
        try (Lease lease = lock.acquire(NOW, atLeast -> max(atLeast, 41 + 1))) {
            assertThat(lease.token().value()).isEqualTo(42);
        }
        try (Lease lease = lock.acquire(NOW, atLeast -> max(atLeast, 7 + 1))) {
            assertThat(lease.token().value()).isEqualTo(43);
        }
    }

    @Test
    void saysWhichOtherProcessHoldsItAndWhatThatDoes() throws Exception {
        try (ChildJvm child = ChildJvm.start(LockHolder.class, root.toString())) {
            String pid = child.lineWith("held").split(" ")[2];

            assertThatThrownBy(() -> lock.acquire(NOW)).isInstanceOfSatisfying(LockException.class, busy -> {
                LockOwner owner = busy.owner().orElseThrow();
                assertThat(owner.pid()).isEqualTo(Long.parseLong(pid));
                assertThat(owner.phase()).isEqualTo("gate");
                assertThat(owner.state()).isEqualTo(LockOwner.State.ALIVE);
                assertThat(busy).hasMessageContaining(pid).hasMessageContaining("alive").hasMessageContaining("AS-1302");
                assertThat(busy.retryable()).isTrue();
            });

            child.kill();
            try (Lease lease = lock.acquire(Deadline.in(Duration.ofSeconds(10)))) {
                assertThat(lease.token().value()).isEqualTo(2);
            }
        }
    }

    @Test
    void isTakenByAWaiterWhenItIsFree() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Long> waiter = new FutureTask<>(() -> {
            waiting.countDown();
            try (Lease lease = lockOn(root).acquire(Deadline.in(Duration.ofSeconds(30)))) {
                return lease.token().value();
            }
        });
        Thread thread = new Thread(waiter);
        try (Lease lease = lock.acquire(NOW)) {
            thread.start();
            waiting.await();
        }
        assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() throws Exception {
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            try (Lease lease = lockOn(root).acquire(Deadline.in(Duration.ofMinutes(5)))) {
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        });
        Thread thread = new Thread(waiter);
        try (Lease lease = lock.acquire(NOW)) {
            thread.start();
            thread.interrupt();
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(lease.token().value()).isEqualTo(1);
        }
    }

    @Test
    void survivesAnInterruptOfItsHolder() throws Exception {
        try (Lease lease = lock.acquire(NOW)) {
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
        assertThat(here.stateOf(here, true)).isEqualTo(LockOwner.State.ALIVE);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), here.bootId(), here.namespace(), here.pid(), here.start() + 1), true))
                .isEqualTo(LockOwner.State.DEAD);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), "other boot", here.namespace(), here.pid(), here.start()), true))
                .isEqualTo(LockOwner.State.DEAD);
        assertThat(here.stateOf(new ProcessIdentity("elsewhere", here.bootId(), here.namespace(), here.pid(), here.start()), true))
                .isEqualTo(LockOwner.State.UNKNOWN);
        assertThat(here.stateOf(new ProcessIdentity(here.host(), here.bootId(), "pid:[1]", here.pid(), here.start()), true))
                .isEqualTo(LockOwner.State.UNKNOWN);
    }

    @Test
    void isTakenAwayBySomebodyOnceHoweverManyAreOutOfPatience() throws Exception {
        for (int round = 0; round < 10; round++) {
            Lease silent = lock.acquire(NOW);
            List<FutureTask<Long>> waiters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                FutureTask<Long> waiter = new FutureTask<>(() -> {
                    FileWorkspaceLock patient = new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC(), Duration.ofMillis(50));
                    Lease lease = patient.acquire(Deadline.in(Duration.ofMillis(90)));
                    return lease.held() ? lease.token().value() : -1;
                });
                waiters.add(waiter);
                new Thread(waiter).start();
            }
            List<Long> granted = new ArrayList<>();
            for (FutureTask<Long> waiter : waiters) {
                try {
                    granted.add(waiter.get(30, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(LockException.class);
                }
            }
            assertThat(granted).hasSizeLessThanOrEqualTo(1).doesNotContain(-1L);
            silent.close();
            lock.force().close();
        }
    }

    @Test
    void saysThatTheCallersOwnProcessHasIt() throws Exception {
        try (Lease lease = lock.acquire(NOW)) {
            assertThatThrownBy(() -> lock.acquire(NOW)).hasMessageContaining("this process itself").hasMessageNotContaining("end it;");
        }
    }

    @Test
    void neutralisesWhatSomebodyHasWrittenIntoTheRecord() throws Exception {
        try (Lease lease = lock.acquire(NOW)) {
            Path owner = root.resolve(".autosync/owner.json");
            Files.writeString(owner, Files.readString(owner).replaceFirst("\"phase\" : \"lease\"",
                    "\"phase\" : \"\\\\u001b[2J\\\\n" + "x".repeat(9000) + "\""));
            assertThatThrownBy(() -> lock.acquire(NOW)).isInstanceOfSatisfying(LockException.class, busy ->
                    assertThat(busy.getMessage()).hasSizeLessThan(1500).doesNotContain("\u001b", "\n"));
        }
    }

    @Test
    void refusesATokenBelowTheOneAskedForAndFreesTheWorkspace() throws Exception {
        lock.acquire(NOW).close();
        assertThatThrownBy(() -> lock.acquire(NOW, atLeast -> new FencingToken(1))).hasMessageContaining("AS-1503");
        assertThatThrownBy(() -> lock.acquire(NOW, atLeast -> null)).hasMessageContaining("AS-1503");
        lock.acquire(NOW).close();
    }

    @Test
    void saysThatItIsBusyWheneverTheDeadlinePasses() throws Exception {
        try (Lease lease = lock.acquire(NOW)) {
            for (int nanos = 0; nanos < 40; nanos++) {
                long[] now = {0};
                Deadline deadline = Deadline.in(Duration.ofNanos(nanos), () -> now[0]++);
                assertThatThrownBy(() -> lock.acquire(deadline)).isInstanceOf(LockException.class);
            }
        }
    }

    @Test
    void leavesTheWorkspaceFreeForOthersWhoAskWhileSomebodyLooks() throws Exception {
        Thread looker = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                lock.inspect();
            }
        });
        lock.acquire(NOW).close();
        looker.start();
        for (int i = 0; i < 500; i++) {
            lock.acquire(NOW).close();
        }
        looker.interrupt();
        looker.join();
    }
}
