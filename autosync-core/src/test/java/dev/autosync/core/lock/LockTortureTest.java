package dev.autosync.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.lock.LockException;
import dev.autosync.lock.LockOwner;
import dev.autosync.lock.LockOwner.State;
import dev.autosync.lock.ProcessLock;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.patch.FileContent;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twelve ways to lose a lock between processes, or to have it twice, each with real processes. {@code -Dautosync.torture=100} repeats those
 * that chance has a part in so many times.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class LockTortureTest {
    private static final int ROUNDS = Integer.getInteger("autosync.torture", 1);
    private static final Deadline NOW = Deadline.in(Duration.ZERO);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private Path lockFile;
    private FileWorkspaceLock lock;
    private final List<ChildJvm> children = new ArrayList<>();

    @BeforeEach
    void open() {
        lockFile = root.resolve(".autosync/lock");
        lock = lock(null);
    }

    @AfterEach
    void end() throws Exception {
        Thread.interrupted();
        for (ChildJvm child : children) {
            child.close();
        }
    }

    private FileWorkspaceLock lock(Duration takeOverAfter) {
        return new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC(), takeOverAfter);
    }

    private ChildJvm worker() throws Exception {
        return worker(root);
    }

    private ChildJvm worker(Path path) throws Exception {
        ChildJvm child = ChildJvm.start(LockWorker.class, path.toString());
        children.add(child);
        child.lineWith("ready");
        return child;
    }

    private static void assertBusy(ChildJvm child) throws IOException {
        assertThat(child.ask("acquire 0")).startsWith("WORKSPACE_BUSY");
    }

    private static void assertLost(Lease lease) {
        assertThat(lease.held()).isFalse();
        assertThatThrownBy(lease::verify).isInstanceOfSatisfying(LockException.class,
                lost -> assertThat(lost.code()).isEqualTo(ErrorCode.WORKSPACE_LOST));
    }

    @Test
    void scenario01TwoEnginesInOneProcessAlsoFromTwoClassLoaders() throws Exception {
        List<URL> path = new ArrayList<>();
        for (Path entry : ChildJvm.modules()) {
            path.add(entry.toUri().toURL());
        }
        ChildJvm process = worker();
        try (URLClassLoader apart = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = apart.loadClass(WorkspaceLock.class.getName());
            Object other = type.getMethod("of", Path.class).invoke(null, root);
            Class<?> deadline = apart.loadClass(Deadline.class.getName());
            Object soon = deadline.getMethod("in", Duration.class).invoke(null, Duration.ofMillis(20));
            for (int round = 0; round < ROUNDS; round++) {
                try (Lease lease = lock.acquire(NOW)) {
                    assertThatThrownBy(() -> lock(null).acquire(Deadline.in(Duration.ofMillis(5)))).isInstanceOf(LockException.class)
                            .hasMessageContaining("process " + ProcessHandle.current().pid());
                    assertThat((Optional<?>) type.getMethod("tryAcquire").invoke(other)).isEmpty();
                    assertThatThrownBy(() -> type.getMethod("acquire", deadline).invoke(other, soon))
                            .isInstanceOf(InvocationTargetException.class).cause().hasToString(
                                    type.getPackageName() + ".LockException: " + busyText());
                    lease.verify();
                    assertBusy(process);
                }
                AutoCloseable held = (AutoCloseable) ((Optional<?>) type.getMethod("tryAcquire").invoke(other)).orElseThrow();
                assertThat(lock.tryAcquire()).isEmpty();
                assertBusy(process);
                held.close();
                lock.acquire(NOW).close();
            }
        }
        assertThat(process.ask("acquire 0")).startsWith("held");
    }

    private String busyText() {
        return assertThatBusy().getMessage();
    }

    private LockException assertThatBusy() {
        try {
            lock.acquire(NOW).close();
            throw new AssertionError("it is free");
        } catch (LockException e) {
            return e;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void scenario02SomebodyInTheProcessOpensAndClosesTheLocksFile() throws Exception {
        ChildJvm holder = worker();
        assertThat(holder.ask("acquire 0")).startsWith("held 1 ");
        assertThat(holder.ask("verify")).isEqualTo("ok");
        assertThat(holder.ask("read .autosync/lock")).isEqualTo("read 0");
        assertThat(holder.ask("verify")).startsWith("WORKSPACE_LOST");
        ChildJvm next = worker();
        assertThat(next.ask("acquire 0")).startsWith("held 2 ");
        assertThat(next.ask("append new")).isEqualTo("appended 1");
        assertThat(holder.ask("append old")).startsWith("STORE_STALE_TOKEN");
        assertThat(holder.ask("close")).isEqualTo("ok");
        assertThat(next.ask("verify")).isEqualTo("ok");
        assertThat(lock.tryAcquire()).isEmpty();
    }

    @Test
    void scenario02NorDoesASnapshotOpenItByAnotherName() throws Exception {
        try (Lease lease = lock.acquire(NOW)) {
            Files.createLink(root.resolve("innocent.txt"), lockFile);
            assertThat(new TreeScanner(Workspace.at(root), List.of(), Clock.systemUTC()).scan(null).summary().files()).isZero();
            lease.verify();
        }
    }

    @Test
    void scenario03TheHolderIsInterrupted() throws Exception {
        ChildJvm other = worker();
        Path file = Files.writeString(root.resolve("f"), "old");
        try (Lease lease = lock.acquire(NOW)) {
            Thread.currentThread().interrupt();
            lease.verify();
            lease.phase("gate");
            try (Transaction transaction = new Journal(Workspace.at(root), new RealFiles(), () -> "").begin("t", lease::verify)) {
                transaction.moveTo(Map.of("f", Optional.of(FileContent.of("new"))), Map.of());
                transaction.commit("");
                transaction.checkpoint();
            }
            lease.verify();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file).hasContent("new");
            assertBusy(other);
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(other.ask("acquire 0")).startsWith("held 2 ");
    }

    @Test
    void scenario04TheLocksFileIsDeleted() throws Exception {
        ChildJvm holder = worker();
        ChildJvm waiter = worker();
        assertThat(holder.ask("acquire 0")).startsWith("held 1 ");
        waiter.tell("acquire 60000");
        Files.delete(lockFile);
        assertThat(waiter.line()).startsWith("held 2 ");
        assertThat(holder.ask("verify")).startsWith("WORKSPACE_LOST");
        assertThat(waiter.ask("append new")).isEqualTo("appended 1");
        assertThat(holder.ask("append old")).startsWith("STORE_STALE_TOKEN");
        assertThat(holder.ask("close")).isEqualTo("ok");
        assertThat(waiter.ask("verify")).isEqualTo("ok");
        assertBusy(holder);
    }

    @Test
    void scenario05TheHolderIsKilled() throws Exception {
        long token = 0;
        List<Long> micros = new ArrayList<>();
        ChildJvm waiter = worker();
        for (int round = 0; round < ROUNDS; round++) {
            ChildJvm holder = worker();
            assertThat(holder.ask("acquire 0")).startsWith("held " + ++token + " ");
            waiter.tell("acquire 60000");
            long killed = System.nanoTime();
            holder.kill();
            String[] held = waiter.line().split(" ");
            assertThat(held[1]).isEqualTo("" + ++token);
            micros.add(TimeUnit.NANOSECONDS.toMicros(Long.parseLong(held[2]) - killed));
            assertThat(waiter.ask("close")).isEqualTo("ok");
        }
        System.out.println("taken again after SIGKILL, in microseconds: " + micros);
    }

    @Test
    void scenario06TheHolderIsStoppedAndGoesOnTooLate() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ChildJvm holder = worker();
            long token = Long.parseLong(holder.ask("acquire 0").split(" ")[1]);
            assertThat(holder.ask("append before")).startsWith("appended");
            holder.stop();
            LockException busy = assertThatBusy();
            assertThat(busy.owner().orElseThrow().state()).isEqualTo(State.STALLED);
            assertThat(busy).hasMessageContaining("alive, stalled since").hasMessageContaining("force()");
            try (Lease taken = lock(Duration.ofMillis(100)).acquire(Deadline.in(LONG))) {
                assertThat(taken.token().value()).isEqualTo(token + 1);
                taken.verify();
                ChildJvm other = worker();
                assertBusy(other);
                taken.close();
                assertThat(other.ask("acquire 0")).startsWith("held " + (token + 2));
                assertThat(other.ask("append after")).startsWith("appended");
                holder.goOn();
                assertThat(holder.ask("append late")).startsWith("STORE_STALE_TOKEN");
                assertThat(holder.ask("verify")).startsWith("WORKSPACE_LOST");
                assertThat(holder.ask("close")).isEqualTo("ok");
                assertThat(other.ask("verify")).isEqualTo("ok");
                assertThat(other.ask("close")).isEqualTo("ok");
            }
        }
    }

    @Test
    void scenario06AnOwnerWhoSpeaksIsNotTakenFor() throws Exception {
        ChildJvm holder = worker();
        assertThat(holder.ask("acquire 0")).startsWith("held 1 ");
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            try {
                lock(Duration.ofSeconds(2)).acquire(Deadline.in(Duration.ofSeconds(4))).close();
                return true;
            } catch (LockException e) {
                return false;
            }
        });
        Thread thread = new Thread(waiter);
        thread.start();
        while (thread.isAlive()) {
            assertThat(holder.ask("phase gate")).isEqualTo("ok");
            thread.join(100);
        }
        assertThat(waiter.get()).isFalse();
        assertThat(holder.ask("verify")).isEqualTo("ok");
    }

    @Test
    void scenario07TheProcessIdOfADeadOwnerIsUsedAgain() throws Exception {
        lock.acquire(NOW).close();
        ProcessIdentity here = ProcessIdentity.current();
        for (ProcessIdentity earlier : List.of(
                new ProcessIdentity(here.host(), here.bootId(), here.namespace(), here.pid(), here.start() - 1),
                new ProcessIdentity(here.host(), "an earlier boot", here.namespace(), here.pid(), here.start()))) {
            record(earlier);
            assertThat(lock.inspect().held()).isFalse();
            assertThat(lock.inspect().owner().orElseThrow().state()).isEqualTo(State.DEAD);
        }
        record(here);
        assertThat(lock.inspect().owner().orElseThrow().state()).isEqualTo(State.ALIVE);
    }

    private void record(ProcessIdentity process) throws IOException {
        new OwnerRecord(process, "gate", Instant.EPOCH, Instant.EPOCH, 1).write(new RealFiles(), root.resolve(".autosync/owner.json"));
    }

    @Test
    void scenario08TheOwnerIsInAnotherContainer() throws Exception {
        ChildJvm holder = worker();
        assertThat(holder.ask("acquire 0")).startsWith("held 1 ");
        ProcessIdentity here = ProcessIdentity.current();
        for (ProcessIdentity foreign : List.of(
                new ProcessIdentity(here.host(), here.bootId(), "pid:[1]", 2, 1),
                new ProcessIdentity("elsewhere", here.bootId(), here.namespace(), here.pid(), here.start() - 1))) {
            record(foreign);
            LockException busy = assertThatBusy();
            assertThat(busy.owner().map(LockOwner::state)).contains(State.UNKNOWN);
            assertThat(busy).hasMessageContaining("(unknown)").hasMessageContaining("container");
            assertThatThrownBy(() -> lock.acquire(Deadline.in(Duration.ofMillis(200)))).isInstanceOf(LockException.class);
            assertThat(holder.ask("verify")).isEqualTo("ok");
        }
    }

    @Test
    void scenario09TheWorkspaceHasSeveralPaths() throws Exception {
        Path twin = Files.createDirectory(root.resolveSibling(root.getFileName() + "-twin"));
        Path alias = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-alias"), root);
        try (Lease lease = lock.acquire(NOW)) {
            // A copy made with cp -l: its lock is the same file.
            Files.createLink(Files.createDirectory(twin.resolve(".autosync")).resolve("lock"), lockFile);
            for (Path path : List.of(alias, twin, root.resolve("../" + root.getFileName()), alias.resolve("."))) {
                assertThat(WorkspaceLock.of(path).tryAcquire()).as("%s", path).isEmpty();
                assertBusy(worker(path));
                lease.verify();
            }
        } finally {
            Files.delete(alias);
        }
    }

    @Test
    void scenario10TheSystemSeesADeadlockThatThereIsNone() throws Exception {
        ChildJvm other = worker();
        ProcessLock a = ProcessLock.on(root.resolve("a"));
        ProcessLock b = ProcessLock.on(root.resolve("b"));
        for (int round = 0; round < ROUNDS; round++) {
            FutureTask<Boolean> second = new FutureTask<>(() -> {
                try (ProcessLock.Held held = b.acquire(Deadline.in(LONG))) {
                    return held.valid();
                }
            });
            Thread thread = new Thread(second);
            try (ProcessLock.Held held = a.acquire(NOW)) {
                assertThat(other.ask("lock b 0")).isEqualTo("locked");
                other.tell("lock a 60000");
                thread.start();
                assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(java.util.concurrent.TimeoutException.class);
                assertThat(held.valid()).isTrue();
            }
            assertThat(other.line()).isEqualTo("locked");
            other.kill();
            assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
            thread.join();
            other = worker();
        }
    }

    @Test
    void scenario11TheWallClockIsSet() throws Exception {
        for (int hours : new int[] {-1, 1}) {
            Instant there = Instant.now().plus(Duration.ofHours(hours));
            FileWorkspaceLock skewed = new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.fixed(there, ZoneOffset.UTC), null);
            SteppingClock stepping = new SteppingClock();
            FileWorkspaceLock waiting = new FileWorkspaceLock(Workspace.at(root), new RealFiles(), stepping, Duration.ofMinutes(30));
            try (Lease lease = skewed.acquire(NOW)) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> waiting.acquire(Deadline.in(Duration.ofMillis(600)))).isInstanceOfSatisfying(LockException.class,
                        busy -> assertThat(busy.owner().orElseThrow().since()).isEqualTo(there));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(600), Duration.ofSeconds(50));
                lease.verify();
            }
        }
    }

    /** Leaps an hour whenever somebody looks. */
    private static final class SteppingClock extends Clock {
        private int looks;

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(Duration.ofHours(++looks % 2 == 0 ? -looks : looks));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void scenario12TheDiskIsFull() throws Exception {
        FileWorkspaceLock withoutRecord = new FileWorkspaceLock(Workspace.at(root), new FullDisk("owner.json"), Clock.systemUTC(), null);
        ChildJvm other = worker();
        assertThat(other.ask("acquire 0")).startsWith("held");
        assertThat(other.ask("close")).isEqualTo("ok");
        try (Lease lease = withoutRecord.acquire(NOW)) {
            lease.verify();
            assertThat(other.ask("acquire 0")).startsWith("WORKSPACE_BUSY").contains("an unknown process");
        }
        FileWorkspaceLock withoutToken = new FileWorkspaceLock(Workspace.at(root), new FullDisk("token"), Clock.systemUTC(), null);
        assertThatThrownBy(() -> withoutToken.acquire(NOW)).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.WORKSPACE_IO);
            assertThat(e).hasMessageContaining("No space left");
        });
        assertThat(other.ask("acquire 0")).startsWith("held");
    }

    /** A disk that has no room for one of the files. */
    private static final class FullDisk extends ForwardingFiles {
        private final String name;

        FullDisk(String name) {
            this.name = name;
        }

        @Override
        public void create(Path file, FileImage image) throws IOException {
            if (file.getFileName().toString().startsWith(name + ".")) {
                throw new IOException("No space left on device");
            }
            super.create(file, image);
        }
    }
}
