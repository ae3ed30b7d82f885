package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockProcessTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ProcessLockPeer.class)
    void oneProcessWaitsUntilTheOtherGivesTheLockBack(ProcessLockPeer peer) throws Exception {
        try (LockProcess first = LockProcess.start(peer, folder); LockProcess second = LockProcess.start(peer, folder)) {
            first.ready().take(LONG);
            assertThat(first.taken()).isPresent();

            second.ready().take(SHORT);
            assertThat(second.taken()).isEmpty();

            second.take(LONG);
            first.give();
            assertThat(second.taken()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ProcessLockPeer.class, names = "JGIT", mode = EnumSource.Mode.EXCLUDE)
    void aLockOfTheSystemIsFreeWhenItsHolderIsKilled(ProcessLockPeer peer) throws Exception {
        assertThat(isTakenAfterAKill(peer, LONG)).isTrue();
    }

    @Test
    void aLockThatIsAFileIsNot() throws Exception {
        assertThat(isTakenAfterAKill(ProcessLockPeer.JGIT, SHORT)).isFalse();
    }

    private boolean isTakenAfterAKill(ProcessLockPeer peer, Duration patience) throws Exception {
        try (LockProcess holder = LockProcess.start(peer, folder); LockProcess waiter = LockProcess.start(peer, folder)) {
            holder.ready().take(LONG);
            assertThat(holder.taken()).isPresent();
            holder.kill();
            waiter.ready().take(patience);
            return waiter.taken().isPresent();
        }
    }
}
