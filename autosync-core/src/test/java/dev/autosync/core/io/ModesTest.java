package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Says more with {@code -Dautosync.folder}, a folder on a file system that keeps no permissions; docs/crash-safety.md says how to try. */
class ModesTest {
    @TempDir
    Path folder;

    @Test
    void areKeptWhereAFileCanBeMadeExecutableAndNothingIsLeftBehind() throws IOException {
        Path state = Files.createDirectory(folder.resolve(Workspace.STATE_FOLDER));

        assertThat(Modes.kept(folder, state)).isEqualTo(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        assertThat(state).isEmptyDirectory();
    }

    @Test
    @EnabledIfSystemProperty(named = "autosync.folder", matches = ".+")
    void areNotTriedOutOnAnotherFileSystem() throws IOException {
        Path elsewhere = Files.createTempDirectory(Path.of(System.getProperty("autosync.folder")), "modes");
        try {
            assertThat(Modes.kept(folder, elsewhere)).as("executable bits of %s", folder)
                    .isEqualTo(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void areTakenToBeKeptWithoutAFolderToTryThemIn() {
        assertThat(Modes.kept(folder, folder.resolve("missing"))).isEqualTo(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }
}
