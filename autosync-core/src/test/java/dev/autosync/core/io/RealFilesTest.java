package dev.autosync.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealFilesTest {
    @TempDir
    Path folder;

    private final FilePort files = new RealFiles();

    @Test
    void worksOnAnInterruptedThreadAndKeepsTheFlag() throws IOException {
        Path file = folder.resolve("f");
        Thread.currentThread().interrupt();
        try {
            files.create(file, new FileImage(new byte[] {1, 2, 3}, FileImage.NO_MODE));
            assertThat(files.read(file, 10).orElseThrow().bytes()).containsExactly(1, 2, 3);
            files.force(file);
            files.forceFolder(folder);
            try (AppendLog log = files.openLog(folder.resolve("log"))) {
                log.append(new byte[] {4});
                log.force();
                assertThat(log.length()).isEqualTo(1);
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void neverWritesThroughALinkOrOverAFileThatIsThere() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "kept");
        Files.createSymbolicLink(folder.resolve("link"), victim);
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("not-there"));

        assertThatThrownBy(() -> files.create(folder.resolve("link"), new FileImage(new byte[1], FileImage.NO_MODE)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.create(folder.resolve("dangling"), new FileImage(new byte[1], FileImage.NO_MODE)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.read(folder.resolve("link"), 10)).isInstanceOf(FilePort.NotRegularException.class);
        assertThat(victim).hasContent("kept");
        assertThat(folder.resolve("not-there")).doesNotExist();
    }

    @Test
    void refusesToReadMoreThanAllowed() throws IOException {
        Path file = Files.write(folder.resolve("big"), new byte[11]);

        assertThatThrownBy(() -> files.read(file, 10)).isInstanceOf(FilePort.TooLargeException.class);
        assertThat(files.read(file, 11)).isPresent();
        assertThat(files.read(folder.resolve("absent"), 10)).isEmpty();
    }

    @Test
    void keepsTheModeOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("run.sh"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        FileImage image = files.read(file, 10).orElseThrow();

        files.create(folder.resolve("copy"), image);

        assertThat(image.mode()).isEqualTo(0750);
        assertThat(image.executable()).isTrue();
        assertThat(Files.getPosixFilePermissions(folder.resolve("copy"))).isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }
}
