package dev.autosync.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class FileSystemsTest {
    @TempDir
    Path root;

    /** A lock on a workspace that seems to lie on a file system of some type. */
    public static FileWorkspaceLock lockOn(Path root, String type) {
        return lock(root, false, folder -> new FileSystems.Mount("server:/export", type));
    }

    private static FileWorkspaceLock lock(Path root, boolean networkAllowed, FileSystems.Stores stores) {
        return new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC(), null, Grants.OF_THE_WORKSPACE,
                new FileSystems(networkAllowed, stores));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"})
    void refusesANetworkFileSystemAndChangesNothing(String type) {
        assertThatThrownBy(() -> lockOn(root, type).tryAcquire()).isInstanceOf(AutoSyncException.class).hasMessageContaining(type)
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.FILE_SYSTEM);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void worksOnANetworkFileSystemWhoseLocksAreReliedUpon() {
        FileWorkspaceLock lock = lock(root, true, folder -> new FileSystems.Mount("server:/export", "nfs4"));
        try (Lease lease = lock.tryAcquire(Grants.OF_THE_WORKSPACE).orElseThrow()) {
            assertThat(lease.token().value()).isPositive();
        }
    }

    @Test
    void refusesAStateFolderOnAnotherFileSystem() throws IOException {
        Files.createDirectory(root.resolve(".autosync"));
        FileWorkspaceLock lock = lock(root, false, folder -> new FileSystems.Mount(folder.endsWith(".autosync") ? "/mnt (tmpfs)" : "/ (ext4)", "ext4"));
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(AutoSyncException.class).hasMessageContaining("another file system")
                .extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.FILE_SYSTEM);
        assertThat(root.resolve(".autosync")).isEmptyDirectory();
    }
}
