package dev.autosync.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.ChildJvm;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The control of {@link LockTortureTest}: what a channel and tryLock alone make of the same scenarios. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class BareChannelTest {
    @TempDir
    Path root;

    @Test
    void losesTheLockOrHasItTwice() throws Exception {
        Path lockFile = Files.createDirectories(root.resolve(".autosync")).resolve("lock");
        try (ChildJvm other = ChildJvm.start(LockWorker.class, root.toString())) {
            other.lineWith("ready");
            try (FileChannel mine = new RandomAccessFile(lockFile.toFile(), "rw").getChannel()) {
                assertThat(mine.tryLock()).isNotNull();
                try (FileChannel second = new RandomAccessFile(lockFile.toFile(), "rw").getChannel()) {
                    assertThatThrownBy(second::tryLock).isInstanceOf(OverlappingFileLockException.class);
                }
                assertThat(other.ask("acquire 0")).as("1 and 2: another descriptor was closed").startsWith("held");
                assertThat(other.ask("close")).isEqualTo("ok");
            }
            try (FileChannel mine = new RandomAccessFile(lockFile.toFile(), "rw").getChannel()) {
                assertThat(mine.tryLock()).isNotNull();
                Thread.currentThread().interrupt();
                assertThatThrownBy(mine::size).isInstanceOf(ClosedByInterruptException.class);
                Thread.interrupted();
                assertThat(other.ask("acquire 0")).as("3: an interrupt has closed the channel").startsWith("held");
                assertThat(other.ask("close")).isEqualTo("ok");
            }
            try (FileChannel mine = new RandomAccessFile(lockFile.toFile(), "rw").getChannel()) {
                FileLock held = mine.tryLock();
                Files.delete(lockFile);
                assertThat(other.ask("acquire 0")).as("4: the file was deleted").startsWith("held");
                assertThat(held.isValid()).isTrue();
            }
        }
    }
}
